package io.cesync.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> KNOWN =
      List.of("contact_points", "local_datacenter", "interval", "busy_interval", "id", "max");

  @ParameterizedTest
  @CsvSource({
    "contactPoints, contact_points",
    "contact-point, contact_points",
    "local_datacentre, local_datacenter",
    "datacenter, local_datacenter",
    "intervall, interval",
    "itnerval, interval",
    "busyinterval, busy_interval",
    "ID, id",
    "mx, max"
  })
  void theNearestNameIsMeant(String wrong, String meant) {
    assertThat(Suggestions.nearest(wrong, KNOWN)).contains(meant);
  }

  @Test
  void aNameLikeNoneIsNotGuessed() {
    assertThat(Suggestions.nearest("colour", KNOWN)).isEmpty();
    assertThat(Suggestions.nearest("hosts", KNOWN)).isEmpty();
  }
}
