package io.cesync.watch;

import io.cesync.settings.Settings;
import io.cesync.state.State;
import io.cesync.sync.Engine;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the engine once a second, and puts down what it sees. On a thread of its own that waits
 * for nobody: so it notices, too, when everything else stands still. Thread-safe.
 */
public final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long TICK_MILLIS = 1_000;

  private final Board board;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "cesync-watch");
            made.setDaemon(true);
            return made;
          });
  private volatile Runnable look = () -> {};

  public Watch(Board board) {
    this.board = board;
    var unused = thread.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Looks at this engine from now on, until {@link #rest}, which comes before its end. */
  public void follow(Engine engine, State before, Settings settings) {
    board.following(settings);
    AtomicBoolean asked = new AtomicBoolean();
    look =
        () -> {
          // If it stands still, one question is enough.
          if (asked.compareAndSet(false, true)) {
            engine.look(
                before,
                (state, vitals) -> {
                  asked.set(false);
                  board.seen(state, vitals);
                });
          }
        };
  }

  /** There is no engine; why. */
  public void rest(String why) {
    look = () -> {};
    board.waiting(why);
  }

  private void tick() {
    try {
      look.run();
    } catch (RejectedExecutionException e) {
      LOG.debug("The engine has just ended");
    } catch (RuntimeException e) {
      LOG.error("The engine can't be looked at", e);
    }
    try {
      board.tick();
    } catch (RuntimeException e) {
      // It would not be called again.
      LOG.error("What was seen of the engine can't be judged", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
