package io.cesync.daemon;

import io.cesync.UserError;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the daemon to stop, in good order or because of a failure, or to read its settings again.
 * Thread-safe.
 */
public final class StopSignal {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stop;
  private boolean reload;
  private boolean news;
  private volatile Throwable failure;

  /** Stop in good order. */
  public void stop() {
    change(() -> stop = true);
  }

  /** Stop: nothing can be relied on any more. */
  public void fail(Throwable cause) {
    change(
        () -> {
          failure = failure == null ? cause : failure;
          stop = true;
        });
  }

  /** Read the settings again; once, however often it is asked for before that. */
  public void reload() {
    change(() -> reload = true);
  }

  /** Ends {@link #awaitNews}. */
  void wake() {
    change(() -> {});
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      news = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a reload is asked for; not a second time. */
  boolean takeReload() {
    lock.lock();
    try {
      boolean asked = reload;
      reload = false;
      return asked;
    } finally {
      lock.unlock();
    }
  }

  /** Waits; true once it is time to stop. */
  public boolean await(long millis) throws InterruptedException {
    return await(millis, false) == Heard.STOP;
  }

  /** What was told. */
  enum Heard {
    NOTHING,
    NEWS,
    STOP
  }

  /** As {@link #await}, but ends early if anything was told since it ended last. */
  Heard awaitNews(long millis) throws InterruptedException {
    return await(millis, true);
  }

  private Heard await(long millis, boolean anything) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (!stop && !(anything && news) && left > 0) {
        left = changed.awaitNanos(left);
      }
      Heard heard = stop ? Heard.STOP : anything && news ? Heard.NEWS : Heard.NOTHING;
      news = news && !anything;
      return heard;
    } finally {
      lock.unlock();
    }
  }

  /** Throws the failure, if that is why it stopped. */
  void rethrow() {
    if (failure instanceof UserError error) {
      throw error;
    } else if (failure != null) {
      throw new IllegalStateException("the daemon has stopped because of a defect", failure);
    }
  }
}
