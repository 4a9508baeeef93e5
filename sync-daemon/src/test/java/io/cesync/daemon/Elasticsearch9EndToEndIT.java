package io.cesync.daemon;

import io.cesync.live.LiveServers;
import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import org.junit.jupiter.api.Tag;

@Tag("all-versions")
class Elasticsearch9EndToEndIT extends EndToEndContract {
  Elasticsearch9EndToEndIT(LiveServers servers) {
    super(servers);
  }

  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch().version("9.5.3");
  }
}
