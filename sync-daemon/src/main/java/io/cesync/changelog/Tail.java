package io.cesync.changelog;

import io.cesync.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Finds one table's entries, each at least once: what is older than the late window is read once,
 * in order; then a fast path reads up to now, and {@link Follower}s behind it find what appears
 * late.
 *
 * <p>Confined to the loop's thread; {@link #step} never waits. After a failed read the same window
 * is read again.
 */
public final class Tail {

  /** What the tail tells. All are called on the loop's thread. */
  public interface Listener {
    void found(Entry entry, boolean late);

    void unreadable(LogPage.Unreadable row);

    void failed(Throwable cause);

    void succeeded();
  }

  /**
   * Entries of a coordinator whose clock is ahead of ours by no more than this are found at once.
   */
  private static final long AHEAD_MILLIS = 2_000;

  private final EntrySource log;
  private final TailTimes times;
  private final Executor loop;
  private final Listener listener;
  private final SeenIds seen;
  private final Overlap overlap = new Overlap();
  private final List<Follower> followers;
  private final Pace pace;
  private final CatchUp catchUp;

  /** All entries before this are found for good. */
  private long confirmedTo;

  /** The log was read up to here at least once. */
  private long readTo;

  private long newestFound;
  private boolean catchingUp;
  private boolean polling;
  private boolean abandoned;

  /**
   * @param start where to begin, in milliseconds since 1970
   */
  public Tail(
      EntrySource log,
      TailTimes times,
      long start,
      int seenLimit,
      Executor loop,
      Listener listener) {
    this.log = log;
    this.times = times;
    this.loop = loop;
    this.listener = listener;
    this.seen = new SeenIds(seenLimit);
    this.pace = new Pace(times.busyInterval(), times.interval());
    this.catchUp = new CatchUp(times.lateWindow());
    this.confirmedTo = SeenIds.sliceOf(start);
    this.readTo = confirmedTo;
    this.newestFound = confirmedTo;
    this.followers =
        LongStream.iterate(times.lateWindow(), age -> age >= 900, age -> age / 4)
            .mapToObj(Follower::new)
            .toList();
    followers.forEach(f -> f.startAt(confirmedTo));
  }

  /**
   * All entries before this, in milliseconds, were found. It says nothing of their being applied.
   */
  public long confirmedTo() {
    return confirmedTo;
  }

  /** The log was read at least once up to this time. */
  public long readTo() {
    return readTo;
  }

  /**
   * Starts the reads that are due.
   *
   * @param room waits until there is room for more entries
   */
  public void step(long now, Backpressure room) {
    if (catchingUp) {
      return;
    }
    long settled = now - times.lateWindow();
    if (catchUp.isNeeded(readTo, settled)) {
      catchUp(now, settled, room);
      return;
    }
    if (!polling && now >= pace.nextAt()) {
      poll(now, room);
    }
    for (Follower follower : followers) {
      Window window = follower.due(now, readTo);
      if (!window.isEmpty()) {
        follow(follower, window, room);
      }
    }
  }

  /** When {@link #step} has something to do, if nothing else happens. */
  public long nextAt() {
    long next = pace.nextAt();
    for (Follower follower : followers) {
      next = Math.min(next, follower.nextAt());
    }
    return next;
  }

  private void catchUp(long now, long settled, Backpressure room) {
    long bucketEnd = log.layout().bucketOf(readTo) + log.layout().bucketMillis();
    Window window = new Window(readTo, SeenIds.sliceOf(Math.min(bucketEnd, settled)));
    catchingUp = true;
    Stages.whenEnded(
        readByShard(window, room, entry -> found(entry, false)),
        loop,
        (done, failure) -> {
          catchingUp = false;
          catchUp.took(times.clock().millis() - now);
          if (failure != null) {
            listener.failed(failure);
            return;
          }
          listener.succeeded();
          readTo = window.to();
          newestFound = Math.max(newestFound, window.to());
          confirmedTo = window.to();
          followers.forEach(f -> f.skipTo(window.to()));
        });
  }

  private void poll(long now, Backpressure room) {
    long from = Math.max(confirmedTo, Math.min(readTo, newestFound) - overlap.millis());
    Window window = new Window(from, now + AHEAD_MILLIS);
    polling = true;
    int before = seen.size();
    Consumer<Entry> each =
        entry -> {
          boolean timer = entry.operation() == Operation.EXPIRE && entry.millis() > now;
          if (!timer && seen.add(entry)) {
            newestFound = Math.max(newestFound, Math.min(entry.millis(), now));
            found(entry, false);
          }
        };
    CompletionStage<Void> read =
        now - from > 5_000 ? readByShard(window, room, each) : readTogether(window, room, each);
    Stages.whenEnded(
        read,
        loop,
        (done, failure) -> {
          polling = false;
          long ended = times.clock().millis();
          pace.polled(seen.size() > before, now, ended - now, ended);
          if (failure != null) {
            listener.failed(failure);
            return;
          }
          listener.succeeded();
          readTo = Math.max(readTo, now);
          followers.forEach(f -> f.covered(window.from(), now));
          confirm();
        });
  }

  private void follow(Follower follower, Window window, Backpressure room) {
    follower.started();
    long known = seen.count(window);
    CompletionStage<Long> found =
        count(window)
            .thenComposeAsync(
                there ->
                    there == known ? CompletableFuture.completedFuture(0L) : readLate(window, room),
                loop);
    Stages.whenEnded(
        found,
        loop,
        (late, failure) -> {
          if (failure != null) {
            follower.failed();
            listener.failed(failure);
            return;
          }
          long now = times.clock().millis();
          follower.finished(window, now);
          overlap.observed(late, known + late, now);
          confirm();
        });
  }

  /** The last follower's word is final. */
  private void confirm() {
    confirmedTo = Math.max(confirmedTo, followers.get(0).cursor());
    seen.forgetBefore(confirmedTo);
  }

  private CompletionStage<Long> readLate(Window window, Backpressure room) {
    long[] late = new long[1];
    return readTogether(
            window,
            room,
            entry -> {
              if (seen.add(entry)) {
                late[0]++;
                found(entry, true);
              }
            })
        .thenApply(done -> late[0]);
  }

  private void found(Entry entry, boolean late) {
    if (!abandoned) {
      listener.found(entry, late);
    }
  }

  /** Another tail goes on from {@link #confirmedTo}; reads that are under way come to nothing. */
  public void abandon() {
    abandoned = true;
  }

  private CompletionStage<Long> count(Window window) {
    CompletionStage<Long> sum = CompletableFuture.completedFuture(0L);
    for (Window part : window.byBucket(log.layout())) {
      sum = sum.thenCombine(log.count(part), Long::sum);
    }
    return sum;
  }

  private CompletionStage<Void> readTogether(
      Window window, Backpressure room, Consumer<Entry> each) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (Window part : window.byBucket(log.layout())) {
      all = all.thenCompose(done -> pages(log.read(part, log.allShards()), room, each));
    }
    return all;
  }

  private CompletionStage<Void> readByShard(
      Window window, Backpressure room, Consumer<Entry> each) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (Window part : window.byBucket(log.layout())) {
      all =
          all.thenCompose(
              done -> {
                List<CompletableFuture<Void>> shards = new ArrayList<>();
                for (int shard : log.allShards()) {
                  shards.add(
                      pages(log.read(part, List.of(shard)), room, each).toCompletableFuture());
                }
                return CompletableFuture.allOf(shards.toArray(CompletableFuture[]::new));
              });
    }
    return all;
  }

  /**
   * Hands on a page's entries on the loop's thread, and asks for the next page once there is room.
   */
  private CompletionStage<Void> pages(
      CompletionStage<LogPage> page, Backpressure room, Consumer<Entry> each) {
    return page.thenComposeAsync(
        read -> {
          read.entries().forEach(each);
          read.unreadable().forEach(listener::unreadable);
          return read.next()
              .map(next -> room.await().thenCompose(ready -> pages(next.get(), room, each)))
              .orElseGet(() -> CompletableFuture.completedFuture(null));
        },
        loop);
  }
}
