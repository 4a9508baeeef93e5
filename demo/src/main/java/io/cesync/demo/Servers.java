package io.cesync.demo;

import io.cesync.local.CassandraServers;
import io.cesync.local.CassandraSpec;
import io.cesync.local.LocalServers;
import io.cesync.local.SearchServer;
import io.cesync.local.SearchSpec;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A Cassandra with the trigger's JAR, and an Elasticsearch. */
public record Servers(CassandraServers cassandra, SearchServer search) implements AutoCloseable {

  /**
   * Starts both at once.
   *
   * @throws io.cesync.local.ServerStartException if one of them doesn't come up
   */
  public static Servers start(Path triggerJar) {
    return start(LocalServers.cassandra().triggerJar(triggerJar), LocalServers.elasticsearch());
  }

  /** The same with servers of one's own. */
  public static Servers start(CassandraSpec cassandra, SearchSpec elasticsearch) {
    CompletableFuture<SearchServer> search = CompletableFuture.supplyAsync(elasticsearch::start);
    CassandraServers started;
    try {
      started = cassandra.start();
    } catch (RuntimeException e) {
      search.thenAccept(SearchServer::close).exceptionally(also -> null).join();
      throw e;
    }
    try {
      return new Servers(started, search.join());
    } catch (CompletionException e) {
      started.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    try (SearchServer first = search) {
      cassandra.close();
    }
  }
}
