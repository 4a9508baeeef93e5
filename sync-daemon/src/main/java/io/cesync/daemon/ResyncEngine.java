package io.cesync.daemon;

import io.cesync.UserError;
import io.cesync.document.Indices;
import io.cesync.inspect.Inspection;
import io.cesync.settings.Settings;
import io.cesync.state.State;
import io.cesync.sync.Engine;
import io.cesync.sync.RequestTimes;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What fills the new index of a resync and follows it, beside the daemon's own engine. Confined to
 * one thread.
 */
final class ResyncEngine implements AutoCloseable {

  private static final Duration DRAIN = Duration.ofSeconds(8);

  private final StateKeeper keeper;
  private final Clock clock;
  private final StopSignal stop;
  private final State before;
  private final Engine engine;
  private final Reporter reporter;
  private final IndexWatch watch;

  /**
   * Starts it from where the kept state is.
   *
   * @param own settings with the resync's table alone, and the new index
   */
  ResyncEngine(
      Settings own,
      Connections servers,
      Inspection inspection,
      StateKeeper keeper,
      Clock clock,
      StopSignal stop)
      throws IOException {
    this.keeper = keeper;
    this.clock = clock;
    this.stop = stop;
    before = keeper.state();
    engine =
        Engine.start(
            own,
            servers.session(),
            servers.client(),
            servers.schema(),
            inspection,
            before,
            true,
            clock,
            RequestTimes.NONE,
            stop::fail);
    reporter = new Reporter(own);
    watch =
        new IndexWatch(
            new Indices(servers.client()),
            inspection.tables(),
            own,
            new ResyncState(own.stateFile()),
            IndexWatch.Listener.of(engine),
            clock.millis());
  }

  /** Whether the new index has all that was written before a time. */
  boolean isUpToDate(Instant since) {
    return engine.isUpToDate(since);
  }

  /**
   * Keeps how far it is, and tells it now and then.
   *
   * @throws UserError if the table or an index isn't what it was
   */
  void keep() {
    State state = engine.state(before);
    keeper.save(state);
    reporter.report(state, clock.millis());
    watch
        .changed(clock.millis())
        .map(IndexWatch.Change::text)
        .or(engine::outdated)
        .ifPresent(
            why -> {
              throw new UserError(why + " Run resync again.");
            });
  }

  /** Ends what is on its way, and keeps where to go on from. */
  void end() {
    stop.rethrow();
    engine.drain(DRAIN);
    keeper.saveLast(engine.state(before));
  }

  @Override
  public void close() {
    try (reporter) {
      engine.close();
    }
  }
}
