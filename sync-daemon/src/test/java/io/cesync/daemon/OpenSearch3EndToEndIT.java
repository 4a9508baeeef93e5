package io.cesync.daemon;

import io.cesync.live.LiveServers;
import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import org.junit.jupiter.api.Tag;

@Tag("all-versions")
class OpenSearch3EndToEndIT extends EndToEndContract {
  OpenSearch3EndToEndIT(LiveServers servers) {
    super(servers);
  }

  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch().opensearch("3.8.0");
  }
}
