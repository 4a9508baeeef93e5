package io.cesync.daemon;

import io.cesync.live.LiveServers;
import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;

class OpenSearchEndToEndIT extends EndToEndContract {
  OpenSearchEndToEndIT(LiveServers servers) {
    super(servers);
  }

  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch().opensearch("2.19.5");
  }
}
