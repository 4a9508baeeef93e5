package io.cesync.document;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;

class ElasticsearchTwoWayIT extends TwoWayContract {
  @Override
  SearchSpec spec() {
    return LocalServers.elasticsearch();
  }
}
