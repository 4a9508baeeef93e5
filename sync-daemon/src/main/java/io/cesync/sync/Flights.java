package io.cesync.sync;

import io.cesync.Stages;
import io.cesync.document.SharedRefresh;
import io.cesync.row.RowKey;
import io.cesync.row.RowView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sends the keys of one table's {@link Worklist} on their way, as many as servers and memory allow,
 * and hands on what became of each. Confined to the loop's thread.
 */
final class Flights {

  private static final int TAKE = 500;

  private final Shared shared;
  private final Worklist worklist;
  private final Gate index;
  private final InFlightBudget budget;
  private final Looks looks;
  private final Shown shown;
  private final SharedRefresh refresh;
  private final Executor loop;
  private final Consumer<Landing> landed;
  private final int mostPasses;
  private final HandOver handOver;
  private final AtomicLong pages = new AtomicLong();
  private int passes;
  private TableTarget target;

  /**
   * @param index shut while the index takes nothing
   * @param mostPasses partitions that are looked at at once: each may keep many keys in memory
   * @param landed told of each key that is back
   */
  Flights(
      Shared shared,
      TableTarget target,
      Worklist worklist,
      Gate index,
      InFlightBudget budget,
      int mostPasses,
      Looks looks,
      Shown shown,
      SharedRefresh refresh,
      Executor loop,
      Consumer<Landing> landed) {
    this.shared = shared;
    this.target = target;
    this.worklist = worklist;
    this.index = index;
    this.budget = budget;
    this.mostPasses = mostPasses;
    this.looks = looks;
    this.shown = shown;
    this.refresh = refresh;
    this.loop = loop;
    this.landed = landed;
    this.handOver = new HandOver(worklist, loop, shared.clock());
  }

  TableTarget target() {
    return target;
  }

  /** Pages of whole partitions that were looked at. */
  long pages() {
    return pages.get();
  }

  /** From now on with another version of the table's schema. */
  void redirect(TableTarget changed) {
    target = changed;
    shown.clear();
  }

  /** Takes off with what is due. */
  void send(long now) {
    int most = budget.keys();
    most = shared.cassandra().allowed(most, now);
    most = shared.search().allowed(most, now);
    most = index.allowed(most, now);
    boolean trying = !shared.cassandra().isOpen() || !shared.search().isOpen() || !index.isOpen();
    if (trying && worklist.inFlight() > 0) {
      return;
    }
    while (worklist.inFlight() < most && shared.sender().queuedBytes() < MemoryShare.QUEUED_BYTES) {
      List<Pending> taken =
          worklist.take(Math.min(TAKE, most - worklist.inFlight()), mostPasses - passes, now);
      if (taken.isEmpty()) {
        return;
      }
      launch(taken);
    }
  }

  private void launch(List<Pending> taken) {
    List<Pending> rows = new ArrayList<>(taken.size());
    List<Pending> fresh = new ArrayList<>(0);
    for (Pending pending : taken) {
      if (pending.fresh && target.takesUnseen()) {
        budget.saw(pending.found.source().length);
        fresh.add(pending);
      } else if (!pending.key.isWholePartition()) {
        rows.add(pending);
      } else if (looks.needsRefresh(pending, pending.takenAt)) {
        refreshFirst(pending);
      } else {
        startPass(pending);
      }
    }
    if (!fresh.isEmpty()) {
      landWhenReady(new FreshDocuments(target, shared.workers(), shared.clock()).insert(fresh));
    }
    if (!rows.isEmpty()) {
      new RowApplier(target, target.bringer(shared, looks.lateWindow(), budget::saw))
          .apply(rows)
          .forEach(this::landWhenReady);
    }
  }

  private void startPass(Pending whole) {
    passes++;
    CompletionStage<List<Landing>> pass =
        new PartitionApplier(target, shared, handOver, pages).apply(whole, looks.seesAll(whole));
    Stages.whenEnded(pass, loop, (landings, failure) -> passes--);
    landWhenReady(pass);
  }

  /**
   * Not in flight meanwhile: the partition's rows needn't wait for it. Those that are on their way
   * now may have been read before the change, and be written after the refresh, so that the look
   * after it would miss them: they are brought over once more.
   */
  private void refreshFirst(Pending whole) {
    worklist.landed(whole);
    worklist.hold(whole);
    for (RowKey row : worklist.flyingRows(whole.key.partition())) {
      worklist.put(PartitionPass.rowOf(whole, row), whole.takenAt);
    }
    Stages.whenEnded(refresh.refresh(), loop, (done, failure) -> refreshed(whole, failure));
  }

  private void refreshed(Pending whole, Throwable failure) {
    worklist.release(whole);
    if (failure == null) {
      whole.refreshedAt = whole.takenAt;
      whole.dueAt = whole.takenAt;
      worklist.put(whole, shared.clock().millis());
    } else {
      landed.accept(new Landing(whole, PartitionApplier.failure(failure)));
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very same version of the schema is meant
  private void landWhenReady(CompletionStage<List<Landing>> stage) {
    TableTarget launchedTo = target;
    Stages.whenEnded(
        stage, loop, (landings, failure) -> land(landings, failure, launchedTo == target));
  }

  private void land(List<Landing> landings, Throwable failure, boolean sameSchema) {
    if (failure != null) {
      throw new IllegalStateException("an attempt ended without an outcome", failure);
    }
    for (Landing landing : landings) {
      worklist.landedIfTaken(landing.pending());
      if (sameSchema) {
        remember(landing);
      }
      landed.accept(landing);
    }
  }

  private void remember(Landing landing) {
    Pending pending = landing.pending();
    if (landing.outcome() instanceof Outcome.Done && pending.shown != RowView.UNKNOWN) {
      shown.put(pending.key, pending.takenAt, pending.shown);
    }
  }
}
