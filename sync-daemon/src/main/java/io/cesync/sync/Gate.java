package io.cesync.sync;

import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps work away from a server that does not answer. After a failure it is shut for a while, then
 * lets a little through to try; each further failure doubles the wait. Says once that the server is
 * away, and once that it is back. Confined to one thread.
 */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final String server;
  private final Backoff backoff;
  private final RandomGenerator random;
  private int failures;
  private long shutUntil;
  private long awaySince;
  private boolean said;
  private int recoveries;
  private long lastOutage;

  Gate(String server, Backoff backoff, RandomGenerator random) {
    this.server = server;
    this.backoff = backoff;
    this.random = random;
  }

  /** A request failed because of the server, not because of what was asked. */
  void failed(String reason, long now) {
    if (now < shutUntil) {
      return; // sent before the gate was shut
    }
    if (failures++ == 0) {
      awaySince = now;
    }
    shutUntil = now + backoff.delay(failures, random);
    if (!said && (failures >= 3 || now - awaySince > 1_000)) {
      said = true;
      LOG.warn("{} can't be used: {}. Waiting for it, nothing is lost.", server, reason);
    }
  }

  void succeeded(long now) {
    if (failures > 0 && now >= shutUntil) {
      if (said) {
        LOG.info("{} is back after {} s; going on.", server, (now - awaySince) / 1000);
      }
      failures = 0;
      said = false;
      recoveries++;
      lastOutage = now - awaySince;
    }
  }

  /** How often the server was away and came back. */
  int recoveries() {
    return recoveries;
  }

  /** For how long it was away last, in milliseconds. */
  long lastOutage() {
    return lastOutage;
  }

  /** How much of the usual amount of work may be sent: all, a little to try, or none. */
  int allowed(int usual, long now) {
    if (failures == 0) {
      return usual;
    }
    return now >= shutUntil ? Math.min(usual, 10) : 0;
  }

  /** When {@link #allowed} changes by itself, or {@link Long#MAX_VALUE}. */
  long nextChangeAt(long now) {
    return failures == 0 || now >= shutUntil ? Long.MAX_VALUE : shutUntil;
  }

  boolean isOpen() {
    return failures == 0;
  }
}
