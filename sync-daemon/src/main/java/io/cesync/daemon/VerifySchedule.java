package io.cesync.daemon;

import io.cesync.UserError;
import io.cesync.inspect.TableFacts;
import io.cesync.settings.TableName;
import io.cesync.settings.VerifySettings;
import io.cesync.state.SnapshotState.Status;
import io.cesync.state.State;
import io.cesync.state.StreamState;
import io.cesync.state.VerifyState;
import io.cesync.verify.Options;
import io.cesync.verify.Report;
import io.cesync.verify.StoppedException;
import io.cesync.verify.Surroundings;
import io.cesync.verify.TableResult;
import io.cesync.verify.Verifier;
import io.cesync.verify.Watcher;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares tables beside the engine, one after the other, as often as the settings say. Confined to
 * the daemon's thread, but for the comparing itself. An interrupted one is gone on with by the next
 * schedule.
 */
final class VerifySchedule implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VerifySchedule.class);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);
  private static final long ENDS_WITHIN_SECONDS = 10;

  private final Plan plan;
  private final Optional<Duration> every;
  private final Clock clock;
  private final Verifier verifier;
  private final StopSignal stop = new StopSignal();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "cesync-verify-schedule");
            made.setDaemon(true);
            return made;
          });
  private final Map<TableName, VerifyState> results = new HashMap<>();
  private final Map<TableName, Instant> notBefore = new HashMap<>();

  /** What the engine said last. */
  private volatile State current = State.EMPTY;

  private TableFacts running;
  private Future<TableResult> comparing;

  /**
   * @param every how often; empty for never
   */
  VerifySchedule(Connections servers, Plan plan, Optional<Duration> every, Clock clock) {
    this.plan = plan;
    this.every = every;
    this.clock = clock;
    this.verifier =
        new Verifier(
            servers.session(),
            servers.client(),
            plan.settings(),
            new Surroundings(clock, stop::await, () -> current, () -> true),
            true);
  }

  /**
   * Begins what is due, and takes what has ended. Never waits.
   *
   * @return the state with the results
   */
  State poll(State state) throws InterruptedException {
    current = state;
    if (comparing != null && comparing.isDone()) {
      take();
    }
    State all = in(state);
    if (comparing == null && every.isPresent()) {
      begin(all, every.get());
    }
    return all;
  }

  /** A state with the results. */
  State in(State state) {
    State all = state;
    for (Map.Entry<TableName, VerifyState> result : results.entrySet()) {
      all = all.with(result.getKey(), result.getValue());
    }
    return all;
  }

  private void begin(State state, Duration pause) {
    // The one that was compared longest ago: one that is never done in time keeps off no other.
    plan.inspection().tables().stream()
        .filter(table -> isDue(state, table.settings().table(), pause))
        .min(Comparator.comparing(table -> begun(state, table.settings().table())))
        .ifPresent(
            table -> {
              running = table;
              comparing = thread.submit(() -> compare(table));
            });
  }

  private static Instant begun(State state, TableName table) {
    VerifyState last = state.verified().get(table);
    return last == null ? Instant.MIN : last.begun();
  }

  private boolean isDue(State state, TableName table, Duration pause) {
    Instant now = clock.instant();
    VerifyState last = state.verified().get(table);
    return (last == null || !now.isBefore(last.begun().plus(pause)))
        && !now.isBefore(notBefore.getOrDefault(table, Instant.MIN))
        && state.tables().getOrDefault(table, Map.of()).values().stream().allMatch(this::keepsUp);
  }

  /** What is being copied, or is behind, has no time for this. */
  private boolean keepsUp(StreamState stream) {
    return stream.position().isPresent()
        && stream.snapshot().status() != Status.RUNNING
        && stream.shards().values().stream().allMatch(shard -> shard.firstLookTo().isEmpty())
        && stream.lagMs().map(StreamState.Lag::last).orElse(0L)
            < plan.settings().lateWindow().toMillis();
  }

  private TableResult compare(TableFacts table) throws IOException, InterruptedException {
    TableName name = table.settings().table();
    VerifySettings settings = plan.settings().verify();
    LOG.debug("{}: comparing it with its index.", name);
    return verifier.verify(
        table,
        Options.of(
            settings.repair() && table.settings().followsTable(),
            true,
            Optional.of((double) settings.sample()),
            settings.rate()),
        new Watcher() {
          @Override
          public void done(int parts, int of) {}

          @Override
          public void say(String line) {
            LOG.info("{}: {}.", name, line);
          }
        },
        found -> {});
  }

  private void take() throws InterruptedException {
    TableName name = running.settings().table();
    try {
      TableResult result = comparing.get();
      results.put(name, state(result));
      tell(result, running.settings().followsTable());
      verifier.forget(running.settings());
    } catch (IOException e) {
      LOG.warn("{}: how far comparing it was can't be removed: {}", name, e.getMessage());
    } catch (ExecutionException e) {
      failed(name, e.getCause());
    }
    comparing = null;
  }

  private void failed(TableName name, Throwable why) {
    notBefore.put(name, clock.instant().plus(AFTER_FAILURE));
    if (why instanceof UserError || why instanceof IOException) {
      LOG.warn("Comparing failed, to be tried again in 10 minutes: {}", why.getMessage());
    } else if (!(why instanceof StoppedException)) {
      LOG.error("{}: comparing it failed, to be tried again in 10 minutes", name, why);
    }
  }

  private static void tell(TableResult result, boolean canRepair) {
    if (result.agrees()) {
      LOG.info("{}: compared with its index: {}.", result.table(), Report.summary(result));
    } else {
      LOG.warn(
          "Compared with its index, {}{}",
          String.join("\n", Report.text(result)),
          canRepair
              ? "\n./run.sh verify --repair %s puts right what is neither a dead letter nor foreign; verify.repair does so each time."
                  .formatted(result.table())
              : "");
    }
  }

  private VerifyState state(TableResult result) {
    return new VerifyState(
        Instant.parse(result.begun()),
        clock.instant(),
        Math.max(1, Math.round(100f * result.parts() / result.ofParts())),
        result.rows(),
        result.documents(),
        result.found().all(),
        result.repaired(),
        result.complete(),
        Report.summary(result));
  }

  @Override
  public void close() {
    stop.stop();
    thread.shutdown();
    try {
      if (!thread.awaitTermination(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Comparing doesn't end; going on without it.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }
}
