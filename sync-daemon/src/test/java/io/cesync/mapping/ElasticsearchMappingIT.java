package io.cesync.mapping;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;

class ElasticsearchMappingIT extends MappingContract {
  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch();
  }
}
