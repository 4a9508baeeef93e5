package io.cesync.sync;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs one table's work on the thread that all tables share. After each task, and when the time
 * comes that the last step asked for, it takes another step. Thread-safe.
 */
final class TableLoop implements Executor {

  private final ScheduledExecutorService thread;
  private final LongSupplier step;
  private final Consumer<Throwable> fatal;
  private ScheduledFuture<?> next;
  private boolean stopped;
  private boolean stepQueued;

  /**
   * @param step does what is due and tells in how many milliseconds there may be more to do
   * @param fatal told of what should never happen; after it nothing can be relied on
   */
  TableLoop(ScheduledExecutorService thread, LongSupplier step, Consumer<Throwable> fatal) {
    this.thread = thread;
    this.step = step;
    this.fatal = fatal;
  }

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(
          guarded(
              () -> {
                task.run();
                queueStep();
              }));
    } catch (RejectedExecutionException e) {
      // The daemon has stopped; what was under way is done again at the next start.
    }
  }

  /** One step after all the tasks that have gathered meanwhile, not one after each. */
  private void queueStep() {
    if (!stepQueued && !stopped) {
      stepQueued = true;
      thread.execute(guarded(this::step));
    }
  }

  private void step() {
    stepQueued = false;
    if (stopped) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    long wait = Math.max(1, step.getAsLong());
    next = thread.schedule(guarded(this::step), wait, TimeUnit.MILLISECONDS);
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        stopped = true;
        fatal.accept(e);
      }
    };
  }

  /** Takes no more steps. Tasks still run. Call it on the thread. */
  void stop() {
    stopped = true;
    if (next != null) {
      next.cancel(false);
    }
  }
}
