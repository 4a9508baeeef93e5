package io.cesync.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The daemon that saved the state last.
 *
 * @param running false once it has ended in good order; after a kill it stays true, so the lock is
 *     what tells
 * @param page the URL of its status page; empty if it serves none
 */
public record DaemonState(
    long pid, String host, Instant started, Instant saved, boolean running, Optional<String> page) {
  public DaemonState {
    started = started.truncatedTo(ChronoUnit.MICROS);
    saved = saved.truncatedTo(ChronoUnit.MICROS);
  }

  public DaemonState withSaved(Instant at) {
    return new DaemonState(pid, host, started, at, running, page);
  }

  public DaemonState withRunning(boolean now) {
    return new DaemonState(pid, host, started, saved, now, page);
  }
}
