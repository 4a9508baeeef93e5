package io.cesync.daemon;

import com.datastax.oss.driver.api.core.DriverException;
import io.cesync.UserError;
import io.cesync.connect.CassandraConnection;
import io.cesync.connect.SearchConnection;
import io.cesync.document.Indices;
import io.cesync.inspect.Inspection;
import io.cesync.inspect.Inspector;
import io.cesync.settings.Settings;
import io.cesync.state.State;
import io.cesync.state.StateLock;
import io.cesync.sync.Engine;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process from start to stop: keeps the {@link Engine} running and its progress saved. */
public final class Daemon {

  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final Duration DRAIN = Duration.ofSeconds(8);
  private static final long REPAIR_MILLIS = 5_000;

  private final Settings settings;
  private final StopSignal stop;
  private final Clock clock;
  private final boolean once;

  /**
   * @param once stop as soon as all that was written before the start is on the other side
   */
  public Daemon(Settings settings, StopSignal stop, Clock clock, boolean once) {
    this.settings = settings;
    this.stop = stop;
    this.clock = clock;
    this.once = once;
  }

  /**
   * Runs until it is told to stop.
   *
   * @throws io.cesync.UserError if something is wrong that a person has to mend
   */
  public void run() throws InterruptedException {
    try (StateLock lock = StateLock.acquire(settings.stateFile())) {
      StateKeeper keeper = new StateKeeper(settings.stateFile(), clock);
      try (Connections servers =
          once ? Connections.open(settings) : Connections.await(settings, stop)) {
        run(servers, keeper);
      }
    }
    stop.rethrow();
  }

  private void run(Connections servers, StateKeeper keeper) throws InterruptedException {
    Inspection inspection = inspect(servers).orThrow();
    LOG.info(
        "Syncing {} from Cassandra to {}.",
        inspection.tables().size() == 1 ? "1 table" : inspection.tables().size() + " tables",
        servers.version());
    boolean again = true;
    while (again) {
      again = runUntilChanged(servers, inspection, keeper);
      if (again) {
        Optional<Inspection> mended = awaitMended(servers);
        again = mended.isPresent();
        inspection = mended.orElse(inspection);
      }
    }
  }

  /** True if it ended because an index or a table is no longer what it was. */
  private boolean runUntilChanged(Connections servers, Inspection inspection, StateKeeper keeper)
      throws InterruptedException {
    Instant started = clock.instant();
    State before = keeper.state();
    try (Engine engine =
            Engine.start(
                settings,
                servers.session(),
                servers.client(),
                servers.schema(),
                inspection,
                before,
                clock,
                stop::fail);
        Reporter reporter = new Reporter(settings)) {
      IndexWatch watch =
          new IndexWatch(
              new Indices(servers.client()),
              inspection.tables(),
              engine::retryDeadLetters,
              clock.millis());
      Optional<String> changed = Optional.empty();
      boolean done = false;
      while (!done && changed.isEmpty()) {
        State state = engine.state(before);
        keeper.save(state);
        reporter.report(state, clock.millis());
        done =
            stop.await(settings.saveInterval().toMillis()) || (once && engine.isUpToDate(started));
        changed = watch.changed(clock.millis()).or(engine::outdated);
      }
      engine.drain(DRAIN);
      if (changed.isPresent()) {
        LOG.error(changed.get());
        keeper.save(engine.state(before));
        return !done;
      }
      keeper.saveLast(engine.state(before));
      return false;
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    }
  }

  private Inspection inspect(Connections servers) {
    try {
      return new Inspector(servers.session(), new Indices(servers.client()), settings).inspect();
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    } catch (DriverException e) {
      throw CassandraConnection.failure(settings.cassandra(), e);
    }
  }

  /** Waits until everything is there again; empty if it is time to stop. */
  private Optional<Inspection> awaitMended(Connections servers) throws InterruptedException {
    String said = "";
    while (true) {
      String problems;
      try {
        Inspection inspection = inspect(servers);
        if (inspection.problems().isEmpty()) {
          return Optional.of(inspection);
        }
        problems = inspection.text();
      } catch (UserError e) {
        problems = e.getMessage();
      }
      if (!problems.equals(said)) {
        said = problems;
        LOG.error("Waiting until this is mended: {}", said);
      }
      if (stop.await(REPAIR_MILLIS)) {
        return Optional.empty();
      }
    }
  }
}
