package io.cesync.mapping;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import org.junit.jupiter.api.Tag;

@Tag("all-versions")
class Elasticsearch9MappingIT extends MappingContract {
  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch().version("9.5.3");
  }
}
