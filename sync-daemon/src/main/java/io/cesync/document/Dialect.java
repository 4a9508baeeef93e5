package io.cesync.document;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What servers want to be asked differently when documents are read. */
final class Dialect {

  private final ServerVersion server;

  Dialect(ServerVersion server) {
    this.server = server;
  }

  /**
   * Which copy of a shard searches go to. OpenSearch may copy segments to replicas some time after
   * they were made searchable; Elasticsearch can't be told to take the primary.
   */
  String shard(int shard) {
    return "preference=_shards:" + shard + (server.openSearch() ? "%7C_primary" : "");
  }

  /**
   * Parameters of an {@code _mget}, with a question mark if there are any.
   *
   * @param source whether the sources are wanted, then all of them
   */
  String get(boolean source) {
    if (!source) {
      return "?_source=false" + (server.openSearch() ? "&preference=_primary" : "");
    } else if (server.openSearch()) {
      return "?preference=_primary";
    }
    return hidesVectors() ? "?_source_exclude_vectors=false" : "";
  }

  /** Asks for all of the source in a search's body. */
  void source(ObjectNode search) {
    if (hidesVectors()) {
      search.putObject("_source").put("exclude_vectors", false);
    } else {
      search.put("_source", true);
    }
  }

  /** Whether the server leaves vectors out of sources unless it is asked not to. */
  private boolean hidesVectors() {
    return !server.openSearch()
        && (server.major() > 9 || (server.major() == 9 && server.minor() >= 2));
  }
}
