package io.cesync.daemon;

import com.datastax.oss.driver.api.core.DriverException;
import io.cesync.UserError;
import io.cesync.connect.SearchConnection;
import io.cesync.deadletter.Requests;
import io.cesync.document.Indices;
import io.cesync.inspect.Inspection;
import io.cesync.settings.Settings;
import io.cesync.state.PidFile;
import io.cesync.state.State;
import io.cesync.state.StateLock;
import io.cesync.sync.Engine;
import io.cesync.sync.RequestTimes;
import io.cesync.systemd.ServiceManager;
import io.cesync.watch.Watch;
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
  private final SettingsSource source;
  private final StopSignal stop;
  private final Clock clock;
  private final boolean once;
  private final ServiceManager manager;

  /**
   * @param source asked when the settings are to be read again
   * @param once stop as soon as all that was written before the start is on the other side
   */
  public Daemon(
      Settings settings, SettingsSource source, StopSignal stop, Clock clock, boolean once) {
    this(settings, source, stop, clock, once, ServiceManager.none());
  }

  /**
   * @param manager is told how the daemon is
   */
  public Daemon(
      Settings settings,
      SettingsSource source,
      StopSignal stop,
      Clock clock,
      boolean once,
      ServiceManager manager) {
    this.settings = settings;
    this.source = source;
    this.stop = stop;
    this.clock = clock;
    this.once = once;
    this.manager = manager;
  }

  /**
   * Runs until it is told to stop.
   *
   * @throws io.cesync.UserError if something is wrong that a person has to mend
   */
  public void run() throws InterruptedException {
    try (StateLock lock = StateLock.acquire(settings.stateFile());
        PidFile pid = PidFile.write(settings.stateFile());
        Watching watching =
            once ? Watching.unseen(settings, clock) : Watching.seen(settings, clock)) {
      StateKeeper keeper = new StateKeeper(settings.stateFile(), clock, watching.page());
      manager.waiting("Connecting to Cassandra and Elasticsearch");
      try (Connections servers =
          once
              ? Connections.open(settings)
              : Connections.await(settings, stop, watching.watch()::rest)) {
        run(servers, keeper, watching);
      }
    }
    stop.rethrow();
  }

  private void run(Connections servers, StateKeeper keeper, Watching watching)
      throws InterruptedException {
    Inspection inspection = Inspections.of(servers, settings).orThrow();
    LOG.info("Syncing {}, Cassandra with {}.", tables(inspection), servers.version());
    Reloads reloads =
        new Reloads(
            source,
            stop,
            clock,
            changed -> Inspections.plan(servers, changed),
            new Plan(settings, inspection));
    Ended ended = new Ended.StartWith(reloads.current());
    while (!(ended instanceof Ended.Stopped)) {
      if (ended instanceof Ended.StartWith next) {
        ended = runUntilChanged(servers, next.plan(), reloads, keeper, watching);
      } else {
        ended = awaitMended(servers, reloads, watching.watch());
      }
    }
  }

  private static String tables(Inspection inspection) {
    int count = inspection.tables().size();
    return count == 1 ? "1 table" : count + " tables";
  }

  private Ended runUntilChanged(
      Connections servers, Plan plan, Reloads reloads, StateKeeper keeper, Watching watching)
      throws InterruptedException {
    Instant started = clock.instant();
    Inspection inspection = plan.inspection();
    ResyncState resyncs = new ResyncState(settings.stateFile());
    State before = resyncs.adopted(keeper.state(), inspection.tables());
    if (!before.equals(keeper.state())) {
      keeper.save(before);
    }
    resyncs.forget(before, inspection.tables());
    try (Engine engine = start(servers, plan, before, watching.times());
        Reporter reporter = new Reporter(plan.settings());
        VerifySchedule verify =
            new VerifySchedule(
                servers, plan, once ? Optional.empty() : plan.settings().verify().every(), clock)) {
      reloads.started(plan);
      IndexWatch watch =
          new IndexWatch(
              new Indices(servers.client()),
              inspection.tables(),
              plan.settings(),
              resyncs,
              IndexWatch.Listener.of(engine),
              clock.millis());
      Optional<IndexWatch.Change> changed = Optional.empty();
      Optional<Plan> next = Optional.empty();
      Requests requests = new Requests(settings.stateFile());
      boolean done = false;
      keeper.save(engine.state(before));
      watching.watch().follow(engine, before, plan.settings());
      manager.following(engine::execute, "Following " + tables(inspection));
      while (!done && changed.isEmpty() && next.isEmpty()) {
        requests.take().forEach(engine::take);
        State state = verify.poll(engine.state(before));
        keeper.save(state);
        watching.saved(keeper.state());
        reporter.report(state, clock.millis());
        done =
            reloads.await(plan.settings().saveInterval().toMillis())
                || (once && engine.isUpToDate(started));
        changed =
            watch
                .changed(clock.millis())
                .or(() -> engine.outdated().map(why -> new IndexWatch.Change(why, false)));
        next = done || changed.isPresent() ? Optional.empty() : reloads.poll();
      }
      if (done) {
        manager.stopping();
      }
      engine.drain(DRAIN);
      String waiting =
          done
              ? "Stopping"
              : next.isPresent()
                  ? "Taking new settings"
                  : "Waiting for tables or indices to be mended";
      manager.waiting(waiting);
      watching.watch().rest(waiting);
      changed.ifPresent(Daemon::tell);
      if (done && changed.isEmpty()) {
        keeper.saveLast(verify.in(engine.state(before)));
        return new Ended.Stopped();
      }
      keeper.save(verify.in(engine.state(before)));
      if (done) {
        return new Ended.Stopped();
      }
      return next.<Ended>map(Ended.StartWith::new).orElseGet(Ended.Outdated::new);
    } catch (IOException e) {
      return failed(plan, reloads, SearchConnection.failure(settings.elasticsearch(), e));
    } catch (DriverException e) {
      return failed(plan, reloads, e);
    }
  }

  private static void tell(IndexWatch.Change change) {
    if (change.expected()) {
      LOG.info(change.text());
    } else {
      LOG.error(change.text());
    }
  }

  /** Those settings that were in force work, once all is there again. */
  private static Ended failed(Plan plan, Reloads reloads, RuntimeException why) {
    if (!reloads.failed(plan, why)) {
      throw why;
    }
    return new Ended.Outdated();
  }

  private Engine start(Connections servers, Plan plan, State before, RequestTimes times)
      throws IOException {
    return Engine.start(
        plan.settings(),
        servers.session(),
        servers.client(),
        servers.schema(),
        plan.inspection(),
        before,
        false,
        clock,
        times,
        stop::fail);
  }

  /** Waits until everything is there again, or the settings ask for something else. */
  private Ended awaitMended(Connections servers, Reloads reloads, Watch watch)
      throws InterruptedException {
    String said = "";
    watch.rest("Looking at tables and indices again");
    while (true) {
      String problems;
      try {
        Settings current = reloads.current().settings();
        Inspection inspection = Inspections.of(servers, current);
        if (inspection.problems().isEmpty()) {
          return new Ended.StartWith(new Plan(current, inspection));
        }
        problems = inspection.text();
      } catch (UserError e) {
        problems = e.getMessage();
      }
      if (!problems.equals(said)) {
        said = problems;
        LOG.error("Waiting until this is mended: {}", said);
        watch.rest("Waiting until this is mended: " + said);
      }
      if (reloads.await(REPAIR_MILLIS)) {
        return new Ended.Stopped();
      }
      Optional<Plan> next = reloads.poll();
      if (next.isPresent()) {
        return new Ended.StartWith(next.get());
      }
    }
  }
}
