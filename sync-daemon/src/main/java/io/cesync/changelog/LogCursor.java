package io.cesync.changelog;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The entries of one table's shard in one bucket, in their order. Keeps a page at a time. Not
 * thread-safe; waits for the server.
 *
 * @param <T> what tells whose entries these are
 */
public final class LogCursor<T> {

  /** By their time. Of one millisecond, by all that the id says. */
  static final Comparator<Entry> ORDER =
      Comparator.comparingLong((Entry entry) -> entry.id().timestamp())
          .thenComparing(entry -> entry.id().getLeastSignificantBits());

  private final T owner;
  private final Consumer<LogPage.Unreadable> unreadable;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private LogPage page;

  /**
   * @param window within one bucket
   * @param unreadable told of rows that are no entries
   */
  public LogCursor(
      T owner,
      EntrySource source,
      Window window,
      int shard,
      Consumer<LogPage.Unreadable> unreadable) {
    this.owner = owner;
    this.unreadable = unreadable;
    take(source.read(window, List.of(shard)).toCompletableFuture().join());
  }

  private void take(LogPage taken) {
    page = taken;
    entries.addAll(taken.entries());
    taken.unreadable().forEach(unreadable);
  }

  private Optional<Entry> peek() {
    while (entries.isEmpty() && page.next().isPresent()) {
      take(page.next().get().get().toCompletableFuture().join());
    }
    return Optional.ofNullable(entries.peek());
  }

  /** Takes the entries of all cursors in the order of time, until somebody has enough. */
  public static <T> void merge(List<LogCursor<T>> cursors, Taker<T> taker) {
    PriorityQueue<LogCursor<T>> queue =
        new PriorityQueue<>(
            Comparator.comparing((LogCursor<T> cursor) -> cursor.peek().orElseThrow(), ORDER));
    cursors.stream().filter(cursor -> cursor.peek().isPresent()).forEach(queue::add);
    boolean more = true;
    while (more && !queue.isEmpty()) {
      LogCursor<T> first = queue.remove();
      more = taker.take(first.owner, first.entries.remove());
      if (first.peek().isPresent()) {
        queue.add(first);
      }
    }
  }

  /** Takes entries one by one. */
  public interface Taker<T> {
    /** False if it wants no more. */
    boolean take(T owner, Entry entry);
  }
}
