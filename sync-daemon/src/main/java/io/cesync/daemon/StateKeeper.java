package io.cesync.daemon;

import io.cesync.state.DaemonState;
import io.cesync.state.State;
import io.cesync.state.StateFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Keeps {@code state.yaml} up to date. Confined to one thread. */
final class StateKeeper {

  private final StateFile file;
  private final Clock clock;
  private final DaemonState daemon;
  private State saved;
  private boolean announced;

  /**
   * Reads the file.
   *
   * @param page the URL of the daemon's status page, if it has one
   */
  StateKeeper(Path path, Clock clock, Optional<String> page) {
    this.file = new StateFile(path);
    this.clock = clock;
    this.saved = file.load();
    Instant now = clock.instant();
    this.daemon = new DaemonState(ProcessHandle.current().pid(), host(), now, now, true, page);
  }

  State state() {
    return saved;
  }

  /** Saves the state if it says anything new; the first time it does, since it names the daemon. */
  void save(State state) {
    if (!announced
        || !state.tables().equals(saved.tables())
        || !state.verified().equals(saved.verified())) {
      announced = true;
      write(state, true);
    }
  }

  /** Saves the state as that of a daemon that has ended. */
  void saveLast(State state) {
    write(state, false);
  }

  private void write(State state, boolean running) {
    State next = state.with(daemon.withSaved(clock.instant()).withRunning(running));
    file.save(next);
    saved = next;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
