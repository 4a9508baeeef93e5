package io.cesync.verify;

import io.cesync.UserError;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import io.cesync.state.SnapshotState.Status;
import io.cesync.state.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the daemon is with a table. What it hasn't brought over yet is no difference. Confined to
 * one thread.
 */
final class Following {

  private static final long POLL_MILLIS = 500;

  /** Beyond the late window, without which a position never is. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Settings settings;
  private final TableSettings table;
  private final Surroundings around;
  private final Patience patience;
  private final Watcher watcher;

  Following(
      Settings settings,
      TableSettings table,
      Surroundings around,
      Patience patience,
      Watcher watcher) {
    this.settings = settings;
    this.table = table;
    this.around = around;
    this.patience = patience;
    this.watcher = watcher;
  }

  /**
   * Fails if the table is being copied.
   *
   * @throws UserError that says so
   */
  void requireCopied() {
    boolean copying =
        streams().stream()
            .anyMatch(
                stream ->
                    stream.snapshot().status() == Status.RUNNING
                        || stream.shards().values().stream()
                            .anyMatch(shard -> shard.firstLookTo().isPresent()));
    if (copying && around.daemonRuns().getAsBoolean()) {
      throw new UserError(
          table.table()
              + " is still being copied, so much would seem to differ. Compare it once status says"
              + " that it is done.");
    }
  }

  /** Says so if nobody brings changes over, nor what a repair asks for. */
  void tellIfNobodyFollows(boolean repair) {
    if (!around.daemonRuns().getAsBoolean()) {
      watcher.say(
          "no daemon runs with this state file, so what it hasn't brought over%s counts as a difference"
              .formatted(position().map(at -> ", since " + at + ",").orElse("")));
      if (repair) {
        watcher.say("what --repair writes to the change log will be done once one runs");
      }
    }
  }

  /**
   * Waits until all that was written before a time has been brought over: as long as the daemon
   * gets on with it, or for the late window if there is none.
   */
  void awaitBroughtOver(Instant writtenBefore) throws InterruptedException {
    Instant late =
        writtenBefore.plus(settings.lateWindow()).plus(settings.interval()).plusSeconds(1);
    Duration stall = settings.lateWindow().plus(settings.interval()).plus(PATIENCE);
    Optional<Instant> seen = position();
    Instant seenAt = around.clock().instant();
    boolean said = false;
    while (true) {
      Instant now = around.clock().instant();
      Optional<Instant> position = position();
      if (position.isPresent() && !position.get().isBefore(writtenBefore)) {
        return;
      }
      boolean follows = around.daemonRuns().getAsBoolean() && position.isPresent();
      if (!follows && !now.isBefore(late)) {
        return;
      }
      if (!position.equals(seen)) {
        seen = position;
        seenAt = now;
      }
      if (follows && Duration.between(seenAt, now).compareTo(stall) > 0) {
        watcher.say(
            "the daemon stands still at %s; what was written since counts as a difference"
                .formatted(position.get()));
        return;
      }
      if (follows && !said && now.isAfter(late)) {
        said = true;
        watcher.say(
            "the daemon is behind, at %s; waiting until it has brought over what was written before %s"
                .formatted(position.get(), writtenBefore));
      }
      patience.pause(POLL_MILLIS);
    }
  }

  /** Before which all is on the other side; empty if that isn't known. */
  private Optional<Instant> position() {
    List<Instant> positions = new ArrayList<>();
    for (StreamState stream : streams()) {
      if (stream.position().isEmpty()) {
        return Optional.empty();
      }
      positions.add(stream.position().get());
    }
    return positions.stream().min(Instant::compareTo);
  }

  private List<StreamState> streams() {
    List<StreamState> streams = new ArrayList<>();
    if (table.followsTable()) {
      streams.add(around.state().get().stream(table.table(), Direction.CASSANDRA_TO_ELASTICSEARCH));
    }
    if (table.followsIndex()) {
      streams.add(around.state().get().stream(table.table(), Direction.ELASTICSEARCH_TO_CASSANDRA));
    }
    return streams;
  }
}
