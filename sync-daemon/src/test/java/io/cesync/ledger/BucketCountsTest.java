package io.cesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.BucketCounts.Bucket;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BucketCountsTest {

  private static final Bucket BUCKET = new Bucket("e", 0, 7);

  private final BucketCounts counts = new BucketCounts();

  @Test
  void aCountIsKeptUntilSomethingIsWritten() {
    assertThat(counts.of(BUCKET)).isEmpty();
    counts.read(BUCKET, counts.reading(BUCKET), 5);
    assertThat(counts.of(BUCKET)).isEqualTo(OptionalLong.of(5));
    assertThat(counts.of(new Bucket("e", 1, 7))).isEmpty();
    counts.writing(Set.of(BUCKET));
    assertThat(counts.of(BUCKET)).isEmpty();
  }

  @Test
  void aCountThatMayLackAWriteIsNotKept() {
    long before = counts.reading(BUCKET);
    counts.writing(Set.of(BUCKET));
    long during = counts.reading(BUCKET);
    counts.read(BUCKET, during, 1);
    assertThat(counts.of(BUCKET)).isEmpty();
    counts.written(Set.of(BUCKET));
    counts.read(BUCKET, before, 1);
    counts.read(BUCKET, during, 1);
    assertThat(counts.of(BUCKET)).isEmpty();
  }

  @Test
  void afterAWriteThatFailedNoneIsKept() {
    counts.writing(Set.of(BUCKET));
    counts.writing(Set.of(BUCKET));
    counts.written(Set.of(BUCKET));
    counts.read(BUCKET, counts.reading(BUCKET), 1);
    assertThat(counts.of(BUCKET)).isEmpty();
  }
}
