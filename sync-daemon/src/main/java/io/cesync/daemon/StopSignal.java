package io.cesync.daemon;

import io.cesync.UserError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Tells the daemon to stop: in good order, or because of a failure. Thread-safe. */
public final class StopSignal {

  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Stop in good order. */
  public void stop() {
    stop.countDown();
  }

  /** Stop: nothing can be relied on any more. */
  public void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    stop.countDown();
  }

  /** Waits; true once it is time to stop. */
  public boolean await(long millis) throws InterruptedException {
    return stop.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Throws the failure, if that is why it stopped. */
  void rethrow() {
    Throwable cause = failure.get();
    if (cause instanceof UserError error) {
      throw error;
    } else if (cause != null) {
      throw new IllegalStateException("the daemon has stopped because of a defect", cause);
    }
  }
}
