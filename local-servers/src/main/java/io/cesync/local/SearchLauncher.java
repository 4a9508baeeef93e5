package io.cesync.local;

import java.io.IOException;
import java.util.Map;

/** Makes the launch of a search server, by one of the two ways to run servers. */
interface SearchLauncher {
  /** Fetches what the version needs, which can take minutes. */
  static SearchLauncher of(SearchSpec spec) {
    if (OldElasticsearch.is(spec)) {
      return new OldElasticsearch(spec);
    }
    return Containers.chosen() ? new SearchContainers(spec) : new SearchProcesses(spec);
  }

  /**
   * Makes the launch of a server.
   *
   * @param folder empty, and the server's own
   * @param settings all that the server must be told, but for its folders
   */
  Launch launch(NodeFolder folder, Map<String, Object> settings) throws IOException;
}
