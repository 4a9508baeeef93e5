package io.cesync.trigger;

import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Tells plain writes (and batches) from lightweight transactions. Cassandra does not say it to a
 * trigger, but runs it through {@code TriggerExecutor.execute(PartitionUpdate)} for the latter and
 * {@code execute(Collection)} for the former.
 */
final class WritePath {
  private static final String EXECUTOR = "org.apache.cassandra.triggers.TriggerExecutor";
  private static final String PLAIN = "(Ljava/util/Collection;)";

  /** The executor is five frames up; the rest is margin. */
  private static final int FRAMES = 8;

  private static final StackWalker STACK = StackWalker.getInstance();

  private WritePath() {}

  /** False if unsure: what holds for a lightweight transaction is safe for a plain write. */
  static boolean isPlainWrite() {
    return STACK.walk(WritePath::calledWithCollection);
  }

  private static boolean calledWithCollection(Stream<StackWalker.StackFrame> stack) {
    Iterator<StackWalker.StackFrame> frames = stack.limit(FRAMES).iterator();
    while (frames.hasNext()) {
      StackWalker.StackFrame frame = frames.next();
      if (frame.getMethodName().equals("execute") && frame.getClassName().equals(EXECUTOR)) {
        return frame.getDescriptor().startsWith(PLAIN);
      }
    }
    return false;
  }
}
