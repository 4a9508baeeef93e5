package io.cesync.local;

/** A server while it runs: a child process, or a container. */
interface ServerProcess {
  boolean alive();

  /** Its exit code, for a message; only after {@link #alive} is false. */
  String exitCode();

  /** SIGTERM, and SIGKILL if that doesn't end it in time. Returns when all is gone. */
  void stop();

  /** SIGKILL. Returns when all is gone. */
  void kill();

  void pause();

  void resume();
}
