package io.cesync.changelog;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.cesync.row.RowKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A change log whose entries appear late, in a world with a clock of its own: reads take time, see
 * what is there at some moment between their start and end, and sometimes fail.
 */
final class SimulatedLog extends Clock implements EntrySource, Executor {

  private record Written(Entry entry, int shard, long visibleAt) {}

  private record Event(long at, long number, Runnable action) {}

  private final LogLayout layout = new LogLayout(5, 3);
  private final Random random;
  private final double failures;
  private final List<Written> log = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.number, b.number));
  private long now;
  private long numbers;

  SimulatedLog(Random random, long now, double failures) {
    this.random = random;
    this.now = now;
    this.failures = failures;
  }

  /** Writes an entry of a time that becomes visible later. */
  Entry write(long millis, long visibleAt, Operation operation) {
    UUID id = new UUID(Uuids.startOf(millis).getMostSignificantBits(), random.nextLong());
    String partition = "{\"a\":" + log.size();
    Entry entry =
        new Entry(
            id,
            operation,
            new RowKey(partition + "}", partition.length(), false),
            Set.of(),
            Set.of(),
            millis * 1000);
    log.add(new Written(entry, random.nextInt(layout.shards()), visibleAt));
    return entry;
  }

  /** Entries that are visible, of times before one. */
  Set<UUID> visibleBefore(long millis) {
    Set<UUID> ids = new HashSet<>();
    for (Written written : log) {
      if (written.visibleAt <= now && written.entry.millis() < millis) {
        ids.add(written.entry.id());
      }
    }
    return ids;
  }

  /** Lets the next thing happen, and the time pass until then. */
  void next(long latest) {
    Event event = events.peek();
    if (event == null || event.at > latest) {
      now = latest;
      return;
    }
    events.poll();
    now = Math.max(now, event.at);
    event.action.run();
  }

  @Override
  public void execute(Runnable task) {
    at(now, task);
  }

  private void at(long time, Runnable action) {
    events.add(new Event(time, numbers++, action));
  }

  private <T> CompletionStage<T> answer(Supplier<T> answer) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    long seenAt = now + random.nextInt(20);
    at(
        seenAt,
        () -> {
          T seen = answer.get();
          boolean fails = random.nextDouble() < failures;
          at(
              now + random.nextInt(20),
              () -> {
                if (fails) {
                  stage.completeExceptionally(new IllegalStateException("simulated"));
                } else {
                  stage.complete(seen);
                }
              });
        });
    return stage;
  }

  private List<Entry> visible(Window window, List<Integer> shards) {
    List<Entry> entries = new ArrayList<>();
    for (Written written : log) {
      long millis = written.entry.millis();
      if (written.visibleAt <= now
          && shards.contains(written.shard)
          && millis >= window.from()
          && millis < window.to()) {
        entries.add(written.entry);
      }
    }
    return entries;
  }

  @Override
  public CompletionStage<LogPage> read(Window window, List<Integer> shards) {
    return answer(() -> new LogPage(visible(window, shards), List.of(), Optional.empty()));
  }

  @Override
  public CompletionStage<Long> count(Window window) {
    return answer(() -> (long) visible(window, allShards()).size());
  }

  @Override
  public LogLayout layout() {
    return layout;
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
