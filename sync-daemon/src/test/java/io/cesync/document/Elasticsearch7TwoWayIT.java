package io.cesync.document;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import org.junit.jupiter.api.Tag;

@Tag("all-versions")
class Elasticsearch7TwoWayIT extends TwoWayContract {
  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch().version("7.17.28");
  }
}
