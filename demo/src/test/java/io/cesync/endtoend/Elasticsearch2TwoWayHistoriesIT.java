package io.cesync.endtoend;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import org.junit.jupiter.api.Tag;

/** Each phase takes as long as the late window. */
@Tag("all-versions")
class Elasticsearch2TwoWayHistoriesIT extends TwoWayHistoriesContract {
  @Override
  SearchSpec server() {
    return LocalServers.elasticsearch().version("2.4.6");
  }
}
