package io.cesync.daemon;

import io.cesync.settings.Direction;
import io.cesync.settings.LogSettings.Format;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import io.cesync.state.Counts;
import io.cesync.state.SnapshotState;
import io.cesync.state.SnapshotState.Status;
import io.cesync.state.State;
import io.cesync.state.StreamState;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how far it is: snapshots as progress bars on a terminal and as a line now and then
 * elsewhere, changes as a summary now and then. Confined to one thread.
 */
final class Reporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final long SNAPSHOT_MILLIS = 10_000;

  private final boolean terminal;
  private final Set<TableName> tables;
  private final Map<TableName, ProgressBar> bars = new HashMap<>();
  private final Map<Told, Counts> told = new HashMap<>();
  private long nextSnapshotAt;
  private final long summaryMillis;
  private long summaryAt;
  private boolean begun;

  Reporter(Settings settings) {
    this.tables =
        settings.tables().stream()
            .map(TableSettings::table)
            .collect(Collectors.toUnmodifiableSet());
    this.summaryMillis = settings.log().summaryInterval().toMillis();
    this.terminal = Boolean.getBoolean("cesync.terminal") && settings.log().format() == Format.TEXT;
  }

  void report(State state, long now) {
    boolean snapshots = now >= nextSnapshotAt;
    boolean summary = !begun || now - summaryAt >= summaryMillis;
    state
        .tables()
        .forEach(
            (table, streams) -> {
              if (!tables.contains(table)) {
                // One that was removed from the settings keeps its state.
                return;
              }
              StreamState stream = streams.get(Direction.CASSANDRA_TO_ELASTICSEARCH);
              if (stream != null) {
                snapshot(table, stream.snapshot(), snapshots);
              }
              if (summary) {
                streams.forEach(
                    (direction, s) -> summarise(new Told(table, direction), s, now - summaryAt));
              }
            });
    if (snapshots) {
      nextSnapshotAt = now + SNAPSHOT_MILLIS;
    }
    if (summary) {
      summaryAt = now;
      begun = true;
    }
  }

  private void snapshot(TableName table, SnapshotState snapshot, boolean line) {
    ProgressBar bar = bars.get(table);
    if (snapshot.status() == Status.RUNNING && terminal) {
      if (bar == null) {
        bar =
            new ProgressBarBuilder()
                .setTaskName(table.toString())
                .setInitialMax(snapshot.ranges().total())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .build();
        bars.put(table, bar);
      }
      bar.stepTo(snapshot.ranges().count());
      bar.setExtraMessage(" " + snapshot.rows() + " rows");
    } else if (bar != null) {
      bars.remove(table).close();
    } else if (snapshot.status() == Status.RUNNING && line) {
      LOG.info(
          "{}: copying, {} of {} ranges, {} rows.",
          table,
          snapshot.ranges().count(),
          snapshot.ranges().total(),
          snapshot.rows());
    }
  }

  private record Told(TableName table, Direction direction) {}

  /** What came since the last summary; nothing if nothing did and nothing waits. */
  private void summarise(Told of, StreamState stream, long millis) {
    Counts now = stream.counts();
    Counts before = told.put(of, now);
    long waiting = stream.lagMs().map(StreamState.Lag::last).orElse(0L);
    if (before == null || (before.equals(now) && waiting == 0)) {
      return;
    }
    long written = now.applied() - before.applied();
    LOG.info(
        "{}, {}: {} written ({}/s), {} deleted, {} retried, {} dead letters; lag p50 {}, p99 {};"
            + " the oldest change waits for {} ms.",
        of.table(),
        of.direction(),
        written,
        String.format(Locale.ROOT, "%.1f", written * 1000.0 / Math.max(1, millis)),
        now.deleted() - before.deleted(),
        now.retried() - before.retried(),
        now.deadLetters() - before.deadLetters(),
        measured(stream.lagMs().flatMap(StreamState.Lag::p50)),
        measured(stream.lagMs().flatMap(StreamState.Lag::p99)),
        waiting);
  }

  private static String measured(Optional<Long> millis) {
    return millis.map(ms -> ms + " ms").orElse("unknown");
  }

  @Override
  public void close() {
    bars.values().forEach(ProgressBar::close);
  }
}
