package io.cesync.local;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every server and folder of this JVM that is still there, so that none is left behind: a shutdown
 * hook ends them when the JVM exits, the {@link Watchdog} when it dies without running hooks.
 */
final class Children {
  private static final Set<ChildProcess> processes = ConcurrentHashMap.newKeySet();
  private static final Set<NodeFolder> folders = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Children::endAll, "local-servers-end"));
  }

  private Children() {}

  static void add(ChildProcess process) {
    processes.add(process);
    tellWatchdog();
  }

  static void remove(ChildProcess process) {
    processes.remove(process);
    tellWatchdog();
  }

  /** To be called when a server may have got processes of its own. */
  static void tellWatchdog() {
    Watchdog.guard(() -> processes.stream().flatMapToLong(ChildProcess::pids).toArray());
  }

  static void add(NodeFolder folder) {
    folders.add(folder);
  }

  static void remove(NodeFolder folder) {
    folders.remove(folder);
  }

  private static void endAll() {
    processes.forEach(ChildProcess::kill);
    folders.forEach(NodeFolder::delete);
  }
}
