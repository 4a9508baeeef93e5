package io.cesync.daemon;

import io.cesync.inspect.Inspection;
import io.cesync.settings.ChangesBy;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.state.State;
import io.cesync.state.StateFile;
import io.cesync.state.StateLock;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Fills the new index of a two-way table and follows it, both ways, beside the daemon, which does
 * the same with the old one: what comes to either reaches the other by the table. So nobody has to
 * be refused anything when applications are sent to the new one. Confined to one thread.
 *
 * <p>A change without a time of its own counts from when it is noticed. So that what came to the
 * old index isn't noticed after what came to the new one, the new one is left alone from just
 * before applications are sent there until the daemon has noticed all that came before. Later the
 * daemon still looks for what was under way then.
 *
 * @param own settings with this table alone, and the new index
 * @param daemon the daemon's state file
 * @param followOld how long what was under way may take
 * @param swap sends applications to the new index, unless they are there already
 */
record TwoWayResyncRun(
    Settings own,
    Rebuilding indices,
    Path daemon,
    Connections servers,
    Inspection inspection,
    Duration followOld,
    Swap swap,
    StopSignal stop,
    Clock clock,
    Consumer<String> out) {

  private static final long POLL_MILLIS = 100;
  private static final long TELL_MILLIS = 10_000;

  /** So far behind the new index may be when applications are sent to it. */
  private static final Duration NEARLY = Duration.ofSeconds(2);

  /** What most writes that are under way at the swap take at most. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);

  /**
   * Within so long the daemon has noticed what had come to the old index at the swap. Longer than
   * it mostly needs; but rows that were changed in Cassandra until then go with their documents.
   */
  private static final Duration NOTICED = Duration.ofSeconds(20);

  /** Makes the new index the one that applications know. */
  interface Swap {

    /** Whether it was done before. */
    boolean isDone() throws IOException;

    /** Just before it was done. */
    Instant time();

    void run() throws IOException;
  }

  /** True once the new index can be handed over; false if it was told to stop. */
  boolean run(StateKeeper keeper) throws IOException, InterruptedException {
    if (!swap.isDone()) {
      boolean ready =
          await(this::daemonFollowsOld, "the daemon to go by the index's own name")
              && work(
                  keeper, engine -> engine.isUpToDate(clock.instant().minus(NEARLY)), "the copy");
      if (!ready) {
        return false;
      }
      swap.run();
    }
    Instant swapped = swap.time();
    String what = "the daemon to bring over what came to " + indices.oldIndex();
    // The swap itself may have taken a while.
    Instant sent = clock.instant();
    if (!await(() -> daemonIsAt(sent.plus(UNDER_WAY)), what)) {
      return false;
    }
    out.accept(
        "For %d s the daemon still looks for what comes to %s."
            .formatted(followOld.toSeconds(), indices.oldIndex()));
    begin(keeper, earlier(clock.instant(), swapped.plus(NOTICED)));
    Instant late = clock.instant().plus(followOld);
    return work(keeper, engine -> daemonIsAt(late) && engine.isUpToDate(late), what);
  }

  /**
   * A document that vanishes from the new index deletes its row if that is no newer than what is
   * known of the document: what the daemon has written to the row until now was in the old index
   * before.
   */
  private void begin(StateKeeper keeper, Instant time) {
    State state = keeper.state();
    StreamState back = back(state);
    // By timestamps, nothing is seen to vanish, and the position is where to go on reading.
    boolean byNumbers = own.tables().get(0).changesBy() == ChangesBy.SEQ_NO;
    if (byNumbers && back.position().filter(at -> at.isBefore(time)).isPresent()) {
      keeper.save(
          state.with(table(), Direction.ELASTICSEARCH_TO_CASSANDRA, back.withPosition(time)));
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private TableName table() {
    return own.tables().get(0).table();
  }

  private StreamState back(State state) {
    return state.stream(table(), Direction.ELASTICSEARCH_TO_CASSANDRA);
  }

  private StreamState daemonState() {
    return back(new StateFile(daemon).load());
  }

  private boolean daemonFollowsOld() {
    return daemonState().index().filter(indices.oldIndex()::equals).isPresent();
  }

  /** Whether all that came to the old index until then is in the table. */
  private boolean daemonIsAt(Instant time) {
    StreamState state = daemonState();
    return state.index().filter(indices.oldIndex()::equals).isPresent()
        && state.position().filter(at -> at.isAfter(time)).isPresent();
  }

  /** Follows the new index until something is so; false if it was told to stop before. */
  private boolean work(StateKeeper keeper, Predicate<ResyncEngine> until, String what)
      throws IOException, InterruptedException {
    try (ResyncEngine engine = new ResyncEngine(own, servers, inspection, keeper, clock, stop)) {
      Waiting waiting = new Waiting(what);
      boolean stopped = false;
      while (!stopped && !until.test(engine)) {
        engine.keep();
        stopped = waiting.isStopped();
      }
      engine.end();
      return !stopped;
    }
  }

  private boolean await(Condition until, String what) throws InterruptedException {
    Waiting waiting = new Waiting(what);
    while (!until.holds()) {
      if (waiting.isStopped()) {
        return false;
      }
    }
    return true;
  }

  private interface Condition {
    boolean holds();
  }

  /** Waits a moment at a time, and says now and then what for. */
  private final class Waiting {
    private final String what;
    private long tellAt = clock.millis() + TELL_MILLIS;

    Waiting(String what) {
      this.what = what;
    }

    boolean isStopped() throws InterruptedException {
      if (clock.millis() > tellAt) {
        tellAt = clock.millis() + TELL_MILLIS;
        String daemonToo = StateLock.holder(daemon).isPresent() ? "" : " No daemon runs; start it.";
        out.accept("Waiting for " + what + "." + daemonToo);
      }
      return stop.await(POLL_MILLIS);
    }
  }
}
