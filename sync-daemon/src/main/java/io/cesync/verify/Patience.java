package io.cesync.verify;

import com.datastax.oss.driver.api.core.DriverException;
import io.cesync.UserError;
import io.cesync.document.SearchClient;
import io.cesync.document.WriteResult.Scope;
import io.cesync.row.ReadFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Sends requests again while a server is away, for some time. Thread-safe. */
final class Patience {

  private static final long FIRST_MILLIS = 250;
  private static final long MOST_MILLIS = 5_000;

  private final Clock clock;
  private final Wait wait;
  private final Duration most;
  private volatile boolean halted;

  /** A server was away for too long; what was compared until then is kept. */
  static final class AwayException extends UserError {
    private static final long serialVersionUID = 1;

    private AwayException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  Patience(Clock clock, Wait wait, Duration most) {
    this.clock = clock;
    this.wait = wait;
    this.most = most;
  }

  /** Ends all that is under way in other threads. */
  void halt() {
    halted = true;
  }

  /**
   * The answer to a request.
   *
   * @throws StoppedException if it is time to stop
   * @throws AwayException if the server was away for too long
   */
  <T> T call(Supplier<CompletionStage<T>> request) throws InterruptedException {
    Instant since = null;
    long millis = FIRST_MILLIS;
    pause(0);
    while (true) {
      try {
        return request.get().toCompletableFuture().join();
      } catch (CompletionException | DriverException e) {
        if (!isPassing(e)) {
          throw e;
        }
        since = since == null ? clock.instant() : since;
        if (Duration.between(since, clock.instant()).compareTo(most) >= 0) {
          throw new AwayException(
              "no answer for %d s (%s)".formatted(most.toSeconds(), SearchClient.message(e)), e);
        }
      }
      pause(millis);
      millis = Math.min(MOST_MILLIS, millis * 2);
    }
  }

  /** Waits so long. */
  void pause(long millis) throws InterruptedException {
    if (wait.await(millis) || halted) {
      throw new StoppedException();
    }
  }

  private static boolean isPassing(RuntimeException e) {
    if (SearchClient.isOurs(e)) {
      return SearchClient.scope(e) == Scope.SERVER || SearchClient.lacksShards(e);
    }
    boolean ofCassandra = e instanceof DriverException || e.getCause() instanceof DriverException;
    return ofCassandra && ReadFailure.of(e) != ReadFailure.SCHEMA;
  }
}
