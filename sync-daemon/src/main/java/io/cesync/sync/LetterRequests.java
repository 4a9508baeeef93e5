package io.cesync.sync;

import io.cesync.Stages;
import io.cesync.deadletter.Requests;
import io.cesync.deadletter.Requests.Request;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what {@code dead-letters retry} and {@code drop} ask a running daemon for. Confined to the
 * loop's thread.
 */
final class LetterRequests {

  private static final Logger LOG = LoggerFactory.getLogger(LetterRequests.class);
  private static final long EVERY_MILLIS = 2_000;

  private final Requests requests;
  private final TableSync sync;
  private final Letters letters;
  private final Clock clock;
  private long nextAt;

  LetterRequests(Requests requests, TableSync sync, Letters letters, Clock clock) {
    this.requests = requests;
    this.sync = sync;
    this.letters = letters;
    this.clock = clock;
  }

  long nextAt() {
    return nextAt;
  }

  void step(long now, Executor loop) {
    if (now < nextAt) {
      return;
    }
    // Until it is answered.
    nextAt = now + 30 * EVERY_MILLIS;
    Stages.whenEnded(
        requests.open(),
        loop,
        (open, failure) -> {
          nextAt = clock.millis() + EVERY_MILLIS;
          if (failure == null) {
            open.forEach(this::take);
          } else {
            LOG.debug("Requests for dead letters can't be read", failure);
          }
        });
  }

  private void take(Request request) {
    boolean all = request.key().equals(Requests.ALL);
    if (request.drop()) {
      if (all) {
        letters.forgetAll();
      } else {
        letters.forget(request.key());
      }
    } else {
      sync.retry(all ? letters.keys() : List.of(request.key()));
    }
    var unused =
        requests
            .taken(request, clock.instant())
            .exceptionally(
                failure -> {
                  LOG.debug("A request for dead letters can't be marked as taken", failure);
                  return null;
                });
  }
}
