package io.cesync.mapping;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;

class OpenSearchMappingIT extends MappingContract {
  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch().opensearch("2.19.5");
  }
}
