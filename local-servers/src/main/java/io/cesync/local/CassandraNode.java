package io.cesync.local;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/** One node of a {@link CassandraServers}. */
public interface CassandraNode {
  /** Where it answers CQL; the same after a restart. */
  InetSocketAddress address();

  /** Where it looks for trigger JARs; call {@link #reloadTriggers} after changing its files. */
  Path triggersDir();

  /** Cassandra's own log. */
  Path log();

  /** Shuts the node down as an operator would (SIGTERM) and waits for its end. */
  void stop();

  /** Ends the node at once (SIGKILL), losing what it had not synced to disk. */
  void kill();

  /** Freezes the node (SIGSTOP): its connections stay open and nothing answers. */
  void pause();

  /** Ends {@link #pause} (SIGCONT). */
  void resume();

  /**
   * Starts the node on its old data and ports, and waits until it answers CQL.
   *
   * @throws ServerStartException if it doesn't come up; the message names the log
   */
  void start();

  /** Whether its process lives; a paused one does. */
  boolean running();

  /** What {@code nodetool reloadtriggers} does. */
  void reloadTriggers();
}
