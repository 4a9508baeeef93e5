package io.cesync.endtoend;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class TwoWayHistoriesIT extends TwoWayHistoriesContract {
  @Override
  SearchSpec server() {
    return LocalServers.elasticsearch();
  }

  /** Each phase takes as long as the late window. */
  @Test
  @EnabledIfSystemProperty(named = "cesync.two-way-histories", matches = ".+")
  void andSoIsWhatIsFoundByTime() throws Exception {
    fromTheFirstSync(Dating.BY_FIELD, 2);
  }
}
