package io.cesync.sync;

import static io.cesync.sync.Keys.entry;
import static io.cesync.sync.Keys.partition;
import static io.cesync.sync.Keys.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.changelog.Operation;
import io.cesync.row.RowKey;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LooksTest {
  private static final long ENTRY = 100_000;

  private final Looks looks = new Looks(5_000, 60_000);

  private static Pending pending(RowKey key, long takenAt) {
    Pending pending = new Pending(key);
    pending.add(entry(key, Operation.DELETE_RANGE, ENTRY, 7));
    pending.takenAt = takenAt;
    return pending;
  }

  @Test
  void looksAgainSoonerAtARowThanAtAPartition() {
    assertThat(looks.afterUnseen(pending(row(1, 1), ENTRY), ENTRY)).hasValue(ENTRY + 8);
    assertThat(looks.afterUnseen(pending(partition(1), ENTRY), ENTRY)).hasValue(ENTRY + 100);
    assertThat(looks.afterUntold(pending(row(1, 1), ENTRY), ENTRY)).hasValue(ENTRY + 50);
    assertThat(looks.afterUntold(pending(partition(1), ENTRY), ENTRY)).hasValue(ENTRY + 100);
  }

  @Test
  void endsWithTheLateWindow() {
    Pending pending = pending(row(1, 1), ENTRY);
    assertThat(looks.afterUnseen(pending, ENTRY + 60_000)).isEqualTo(OptionalLong.empty());
    assertThat(looks.afterUntold(pending, ENTRY + 59_999)).hasValue(ENTRY + 60_000);
    assertThat(looks.afterUntold(pending, ENTRY + 60_000)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void refreshesForNothingBehindWhichNoEntryStands() {
    assertThat(looks.needsRefresh(new Pending(partition(1)))).isTrue();
  }

  @Test
  void refreshesNotAtOnceButOnceASecondAndInTheEnd() {
    assertThat(looks.needsRefresh(pending(partition(1), ENTRY + 999))).isFalse();
    Pending pending = pending(partition(1), ENTRY + 1_500);
    assertThat(looks.needsRefresh(pending)).isTrue();
    pending.refreshedAt = pending.takenAt;
    pending.takenAt = ENTRY + 2_400;
    assertThat(looks.needsRefresh(pending)).isFalse();
    pending.takenAt = ENTRY + 2_500;
    assertThat(looks.needsRefresh(pending)).isTrue();
    pending.takenAt = ENTRY + 5_000;
    pending.refreshedAt = ENTRY + 4_900;
    assertThat(looks.needsRefresh(pending)).isTrue();
  }

  @Test
  void refreshesAPartitionThatChangesAllTheTimeOnceASecond() {
    Pending pending = pending(partition(1), ENTRY + 1_500);
    pending.refreshedAt = ENTRY + 1_400;
    pending.add(entry(partition(1), Operation.DELETE_RANGE, ENTRY + 1_450, 8));
    assertThat(looks.needsRefresh(pending)).isFalse();
    pending.takenAt = ENTRY + 2_400;
    assertThat(looks.needsRefresh(pending)).isTrue();
  }
}
