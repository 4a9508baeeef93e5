package io.cesync.mapping;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import org.junit.jupiter.api.Tag;

@Tag("all-versions")
class OpenSearchMappingIT extends MappingContract {
  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch().opensearch("2.19.5");
  }

  @Override
  SearchFlavor flavor() {
    return SearchFlavor.openSearch(2, 19);
  }
}
