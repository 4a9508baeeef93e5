package io.cesync.sync;

import io.cesync.inspect.TableFacts;
import io.cesync.settings.TableName;
import io.cesync.snapshot.ExpiryLog;
import io.cesync.state.SnapshotState;
import io.cesync.state.SnapshotState.Status;
import io.cesync.state.StreamState;
import java.time.Instant;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table from start to stop: its snapshot if it needs one, its tail, and what the state file
 * says of it.
 */
final class TableRun {

  private static final Logger LOG = LoggerFactory.getLogger(TableRun.class);

  private final Shared shared;
  private final TableFacts facts;
  private final TableSync sync;
  private final StreamState before;
  private SnapshotState snapshot;

  /**
   * @param before its state at the start, with the plan's decisions in it
   */
  TableRun(Shared shared, TableFacts facts, TableSync sync, StreamState before) {
    this.shared = shared;
    this.facts = facts;
    this.sync = sync;
    this.before = before;
    this.snapshot = before.snapshot();
  }

  TableName name() {
    return facts.settings().table();
  }

  TableFacts facts() {
    return facts;
  }

  TableSync sync() {
    return sync;
  }

  void start(ExpiryLog expiries) {
    if (snapshot.status() == Status.RUNNING) {
      Snapshot copy =
          new Snapshot(
              shared,
              sync,
              name().toString(),
              expiries,
              snapshot,
              state -> {
                snapshot = state;
              });
      GhostSweep ghosts =
          new GhostSweep(shared, sync, snapshot.documentsBefore(), this::snapshotDone);
      sync.add(now -> copy.step(now) && ghosts.step(now));
    }
    sync.loop().execute(sync::lookAtDeadLetters);
    sync.start();
  }

  private void snapshotDone() {
    sync.lookAtDeadLetters();
    snapshot = snapshot.done(shared.clock().instant());
    LOG.info("{}: the snapshot is done, {} rows.", name(), snapshot.rows());
  }

  /** What the state file is to say. On the loop's thread. */
  StreamState state() {
    Progress progress = sync.progress();
    Instant position =
        progress.position().isBefore(before.position().orElse(Instant.MIN))
            ? before.position().orElseThrow()
            : progress.position();
    StreamState state =
        before
            .withSnapshot(snapshot)
            .withPosition(position)
            .withCounts(before.counts().plus(progress.counts()))
            .withLag(lag(progress));
    if (progress.lastApplied().isPresent()) {
      state = state.withLastApplied(progress.lastApplied().get());
    }
    return progress.lastError() == null
        ? state
        : state.withLastError(
            new StreamState.LastError(progress.lastErrorAt(), progress.lastError()));
  }

  private static StreamState.Lag lag(Progress progress) {
    Histogram lags = progress.lags();
    return new StreamState.Lag(
        progress.oldestMillis(), lags.getValueAtPercentile(50), lags.getValueAtPercentile(99));
  }

  /** Whether all that was written before a time is on the other side. On the loop's thread. */
  boolean isUpToDate(Instant since) {
    Progress progress = sync.progress();
    return progress.idle()
        && snapshot.status() != Status.RUNNING
        && !progress.readTo().isBefore(since)
        && progress.outstanding() == 0;
  }

  Optional<SnapshotState> runningSnapshot() {
    return snapshot.status() == Status.RUNNING ? Optional.of(snapshot) : Optional.empty();
  }
}
