package io.cesync.sync;

import io.cesync.Micros;
import io.cesync.document.LedgerNumbers;
import io.cesync.document.ShardPosition;
import io.cesync.document.StoredDocument;
import io.cesync.document.TimestampTail;
import io.cesync.ledger.Place;
import io.cesync.sync.TimeWindows.Purpose;
import io.cesync.sync.TimeWindows.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Sees changes by a field that says when documents were changed; all documents the first time. What
 * has vanished it can't see.
 */
final class TimestampChanges implements Changes {

  private final TimestampTail tail;
  private final Clock clock;
  private final long lateWindow;
  private final SeenDocuments seen;
  private TimeWindows windows;
  private Instant position;
  private Instant readTo;

  /**
   * @param lateWindow how much later than its time a document may be searchable for the first time
   * @param position all changes with an older time are in the table; empty to begin with all
   *     documents
   */
  TimestampChanges(
      TimestampTail tail,
      Clock clock,
      Duration lateWindow,
      SeenDocuments seen,
      Optional<Instant> position) {
    this.tail = tail;
    this.clock = clock;
    this.lateWindow = lateWindow.toNanos() / 1_000;
    this.seen = seen;
    this.position = position.orElse(null);
    this.windows = position.map(at -> new TimeWindows(this.lateWindow, Micros.of(at))).orElse(null);
  }

  @Override
  public Map<Integer, ShardPosition> positions() {
    return Map.of();
  }

  @Override
  public Optional<Instant> position() {
    return Optional.ofNullable(position);
  }

  @Override
  public Optional<Instant> readTo() {
    return Optional.ofNullable(readTo);
  }

  @Override
  public CompletionStage<Look> look(Instant now, boolean isBusy) {
    Look look = windows == null ? new All(now) : new Times(now, windows.due(Micros.of(now)));
    return tail.refresh().thenApply(done -> look);
  }

  /** What all looks have in common. */
  private abstract class Scans implements Look {
    final Instant started;
    TimestampTail.Scan scan;

    Scans(Instant started) {
      this.started = started;
    }

    @Override
    public CompletionStage<Page> next() {
      return scan.next()
          .thenApply(
              documents ->
                  new Page(
                      Place.UNKNOWN_SHARD,
                      documents.stream().filter(document -> !seen.contains(document)).toList()));
    }

    @Override
    public boolean mayReadAhead() {
      return false;
    }

    @Override
    public void known(List<StoredDocument> documents) {
      documents.forEach(seen::add);
    }

    @Override
    public Optional<CompletionStage<List<LedgerNumbers.Entry>>> vanished(boolean canWait) {
      return Optional.empty();
    }

    @Override
    public void close() {
      if (scan != null) {
        scan.close();
      }
    }
  }

  /** The first look. */
  private final class All extends Scans {

    All(Instant started) {
      super(started);
      scan = tail.all();
    }

    @Override
    public boolean isFirst() {
      return true;
    }

    @Override
    public boolean hasNext() {
      return scan.hasMore();
    }

    /** Not the whole index: only what comes again. */
    @Override
    public void known(List<StoredDocument> documents) {}

    @Override
    public void done() {
      windows = new TimeWindows(lateWindow, Micros.of(started) - lateWindow);
      reached(started);
    }
  }

  /** Every other look. */
  private final class Times extends Scans {
    private final List<Window> due;
    private final Deque<Window> left;
    private long aheadSince = Long.MIN_VALUE;
    private long ahead;

    Times(Instant started, List<Window> due) {
      super(started);
      this.due = due;
      this.left = new ArrayDeque<>(due);
    }

    @Override
    public boolean isFirst() {
      return false;
    }

    @Override
    public boolean hasNext() {
      return (scan != null && scan.hasMore()) || !left.isEmpty();
    }

    @Override
    public CompletionStage<Page> next() {
      if (scan == null || !scan.hasMore()) {
        Window window = left.removeFirst();
        scan = tail.between(window.from(), window.to());
        aheadSince =
            window.purpose() == Purpose.AHEAD ? Micros.of(clock.instant()) : Long.MIN_VALUE;
      }
      return super.next()
          .thenApply(
              page -> {
                if (aheadSince != Long.MIN_VALUE) {
                  ahead = Micros.of(clock.instant()) - aheadSince;
                }
                return page;
              });
    }

    @Override
    public void done() {
      windows.done(due, Micros.of(started), ahead);
      reached(started);
    }
  }

  private void reached(Instant started) {
    readTo = started;
    position = Instant.EPOCH.plus(windows.position(), ChronoUnit.MICROS);
  }
}
