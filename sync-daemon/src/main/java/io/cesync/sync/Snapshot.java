package io.cesync.sync;

import io.cesync.Stages;
import io.cesync.document.DocumentOp;
import io.cesync.document.WriteResult;
import io.cesync.row.ReadFailure;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.row.RowPage;
import io.cesync.snapshot.ExpiryLog;
import io.cesync.snapshot.PageSize;
import io.cesync.snapshot.TokenSplit;
import io.cesync.state.SnapshotState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a table, some token ranges at a time, while the tail follows its changes. A range is done
 * once every row of it is on the other side or put aside; what was under way at a kill is copied
 * again. Rows that the other side doesn't take at once go through the worklist like changes.
 * Confined to the loop's thread.
 */
final class Snapshot implements TableSync.Chore {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);
  private static final long RETRY_MILLIS = 5_000;

  /** Neighbouring ranges that are read as one, at most: where there is little in them. */
  private static final int MOST_TOGETHER = 64;

  private final Shared shared;
  private final TableSync sync;
  private final String name;
  private final ExpiryLog expiries;
  private final Consumer<SnapshotState> progress;
  private final Deque<Integer> open;
  private final PageSize pageSize;
  private SnapshotState state;
  private int running;
  private int together = 1;

  /**
   * @param progress told of each range that is done
   */
  Snapshot(
      Shared shared,
      TableSync sync,
      String name,
      ExpiryLog expiries,
      SnapshotState state,
      Consumer<SnapshotState> progress) {
    this.shared = shared;
    this.sync = sync;
    this.name = name;
    this.expiries = expiries;
    this.state = state;
    this.progress = progress;
    this.open = new ArrayDeque<>(state.ranges().open());
    this.pageSize = new PageSize(shared.settings().snapshot().pageSize());
  }

  @Override
  public boolean step(long now) {
    int most = pageSize.isMeasured() ? shared.settings().snapshot().parallelism() : 1;
    while (running < most && !open.isEmpty() && sync.hasRoomForMore()) {
      running++;
      int first = open.removeFirst();
      int last = first;
      while (last - first + 1 < together && !open.isEmpty() && open.getFirst() == last + 1) {
        last = open.removeFirst();
      }
      new Stretch(first, last).start();
    }
    return state.ranges().allDone();
  }

  /** Some neighbouring ranges, both ends included. */
  private final class Stretch {
    private final int first;
    private final int last;
    private final TableTarget target = sync.target();
    private final Documents documents = new Documents(target, shared.clock());
    private long rows;
    private int pages;
    private int openRows;
    private boolean read;

    Stretch(int first, int last) {
      this.first = first;
      this.last = last;
    }

    void start() {
      int total = state.ranges().total();
      write(
          target
              .scanner()
              .tokens(
                  TokenSplit.of(first, total).after(),
                  TokenSplit.of(last, total).to(),
                  pageSize.rows()));
    }

    private void write(CompletionStage<RowPage> page) {
      Stages.whenEnded(page.thenCompose(this::write), sync.loop(), this::written);
    }

    private CompletionStage<Written> write(RowPage page) {
      return target.twoWay().isPresent() ? reconcile(page) : copy(page);
    }

    /** Documents may be newer than rows: that is found out key by key. */
    private CompletionStage<Written> reconcile(RowPage page) {
      List<Landing> all = new ArrayList<>(page.rows().size());
      CompletionStage<Void> timers = CompletableFuture.completedFuture(null);
      long bytes = 0;
      for (RowImage row : page.rows()) {
        Pending pending = new Pending(row.key());
        pending.readsDocument = true;
        all.add(new Landing(pending, new Outcome.Again(Outcome.Again.Why.DOCUMENT_UNKNOWN)));
        timers = timers.thenCombine(writeTimers(row), (a, b) -> null);
        bytes += row.key().json().length();
      }
      Written written = new Written(page, bytes, all);
      return timers.thenApply(done -> written);
    }

    private CompletionStage<Void> writeTimers(RowImage row) {
      CompletionStage<Void> timers = CompletableFuture.completedFuture(null);
      for (int ttl : row.ttls()) {
        timers = timers.thenCombine(expiries.write(row.key(), ttl), (a, b) -> null);
      }
      return timers;
    }

    private CompletionStage<Written> copy(RowPage page) {
      List<Landing> rest = new ArrayList<>(0);
      List<RowKey> keys = new ArrayList<>(page.rows().size());
      List<DocumentOp> ops = new ArrayList<>(page.rows().size());
      CompletionStage<Void> timers = CompletableFuture.completedFuture(null);
      for (RowImage row : page.rows()) {
        try {
          ops.add(documents.op(row, 0));
          keys.add(row.key());
        } catch (RuntimeException e) {
          String reason = "the row can't be told as JSON: " + e;
          rest.add(new Landing(new Pending(row.key()), Outcome.Rejected.row(reason, null)));
        }
        timers = timers.thenCombine(writeTimers(row), (a, b) -> null);
      }
      long bytes = ops.stream().mapToLong(DocumentOp::size).sum();
      return sync.write(ops)
          .thenApply(
              results -> {
                for (int i = 0; i < ops.size(); i++) {
                  if (!(results.get(i) instanceof WriteResult.Applied)) {
                    Outcome outcome =
                        OneWayBringer.outcome(results.get(i), ops.get(i), Visibility.VISIBLE);
                    rest.add(new Landing(new Pending(keys.get(i)), outcome));
                  }
                }
                return new Written(page, bytes, rest);
              })
          .thenCombine(timers, (written, done) -> written);
    }

    private void written(Written written, Throwable failure) {
      if (failure != null) {
        failed(failure);
        return;
      }
      shared.cassandra().succeeded(shared.clock().millis());
      rows += written.page.rows().size();
      pages++;
      pageSize.saw(written.page.rows().size(), written.bytes);
      sync.copied(written.page.rows().size() - written.rest.size());
      for (Landing landing : written.rest) {
        openRows++;
        landing
            .pending()
            .whenDone(
                () -> {
                  openRows--;
                  finishIfDone();
                });
        sync.resolve(landing);
      }
      if (written.page.next().isPresent()) {
        sync.room().thenRun(() -> write(written.page.next().get().apply(pageSize.rows())));
      } else {
        read = true;
        finishIfDone();
      }
    }

    private void finishIfDone() {
      if (read && openRows == 0) {
        running--;
        adjust();
        for (int range = first; range <= last; range++) {
          state = state.withRange(range, range == first ? rows : 0);
        }
        progress.accept(state);
      }
    }

    /** A request for each range of an almost empty table would take longer than copying it. */
    private void adjust() {
      if (pages > 1) {
        together = Math.max(1, together / 2);
      } else if (rows < pageSize.rows() / 2) {
        together = Math.min(MOST_TOGETHER, together * 2);
      }
    }

    private void putBack() {
      running--;
      together = 1;
      for (int range = first; range <= last; range++) {
        // Last, so that ranges that can't be read don't keep others waiting.
        open.addLast(range);
      }
    }

    /**
     * The range is copied anew: once the server is back, or a while later if it is the range's own
     * trouble.
     */
    private void failed(Throwable failure) {
      ReadFailure kind = ReadFailure.of(failure);
      if (kind == ReadFailure.SERVER) {
        putBack();
        sync.failed(failure);
        return;
      }
      if (kind == ReadFailure.SCHEMA) {
        sync.askForSchema();
      }
      LOG.warn(
          "{}: range {} can't be copied now, trying again: {}",
          name,
          first == last ? first : first + "-" + last,
          ReadFailure.reason(failure));
      var unused =
          shared
              .thread()
              .schedule(
                  () -> sync.loop().execute(this::putBack), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * @param bytes of the documents
   * @param rest rows that weren't taken
   */
  private record Written(RowPage page, long bytes, List<Landing> rest) {}
}
