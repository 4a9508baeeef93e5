package io.cesync.document;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;

class OpenSearchTwoWayIT extends TwoWayContract {
  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch().opensearch("2.19.5");
  }
}
