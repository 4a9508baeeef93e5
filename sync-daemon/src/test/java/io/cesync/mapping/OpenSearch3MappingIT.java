package io.cesync.mapping;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import org.junit.jupiter.api.Tag;

@Tag("all-versions")
class OpenSearch3MappingIT extends MappingContract {
  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch().opensearch("3.8.0");
  }
}
