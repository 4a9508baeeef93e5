package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLayoutTest {
  @Test
  void readsTheComment() {
    LogLayout layout = LogLayout.parse("cesync change log; bucket_seconds=300; shards=4", 604_800);
    assertThat(layout.bucketSeconds).isEqualTo(300);
    assertThat(layout.shards).isEqualTo(4);
    assertThat(layout.retentionSeconds).isEqualTo(604_800);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bucket_seconds=300",
        "bucket_seconds=300; shards=0",
        "bucket_seconds=300; shards=-1",
        "bucket_seconds=300; shards=x",
        "bucket_seconds=300; old_shards=4",
        "bucket_seconds=3000000000; shards=4",
      })
  void refusesACommentThatDoesNotSay(String comment) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LogLayout.parse(comment, 0))
        .withMessageContaining("'" + comment + "'");
  }

  @Test
  void keepsAnEntryForTheRetentionAfterItsDate() {
    LogLayout layout = LogLayout.parse("bucket_seconds=1; shards=1", 100);
    assertThat(layout.ttl(0)).isEqualTo(100);
    assertThat(layout.ttl(1000)).isEqualTo(1100);
    assertThat(layout.ttl(630_720_000)).isEqualTo(630_720_000);
  }

  @Test
  void withoutRetentionKeepsForEver() {
    assertThat(LogLayout.parse("bucket_seconds=1; shards=1", 0).ttl(1000)).isEqualTo(0);
  }
}
