package io.cesync.local;

import java.net.URI;
import java.nio.file.Path;

/** A running node of Elasticsearch or OpenSearch. Its methods must not be called at once. */
public interface SearchServer extends AutoCloseable {
  /** Where it answers HTTP, without a slash at the end; the same after a restart. */
  URI uri();

  /** The version it was asked for, for example {@code 8.19.20}. */
  String version();

  /** The server's log. */
  Path log();

  /** Shuts the node down as an operator would (SIGTERM) and waits for its end. */
  void stop();

  /** Ends the node at once (SIGKILL). */
  void kill();

  /** Freezes the node (SIGSTOP): its connections stay open and nothing answers. */
  void pause();

  /** Ends {@link #pause} (SIGCONT). */
  void resume();

  /**
   * Starts the node on its old data and ports, and waits until its indices can be used.
   *
   * @throws ServerStartException if it doesn't come up; the message names the log
   */
  void start();

  /** Whether its process lives; a paused one does. */
  boolean running();

  /** Stops the node and deletes its folder. Repeating it does nothing. */
  @Override
  void close();
}
