package io.cesync.sync;

import static io.cesync.sync.Keys.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.changelog.Entry;
import io.cesync.changelog.Operation;
import io.cesync.row.RowKey;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ShownTest {
  private static final RowKey ONE = row(1, 1);
  private static final long READ = 100_000;
  private static final long SETTLED = 5_000;
  private static final long LONG_BEFORE = READ - SETTLED;

  private final Shown shown = new Shown(2, 1_000, SETTLED);

  private static Entry entry(
      RowKey key, Operation operation, long millis, long writeTime, String... nulled) {
    return new Entry(Keys.id(millis), operation, key, Set.of("a", "b"), Set.of(nulled), writeTime);
  }

  private boolean covers(RowKey key, Operation operation, long millis, long writeTime) {
    return shown.covers(entry(key, operation, millis, writeTime));
  }

  @Test
  void coversWhatIsNoNewerAndFromLongBefore() {
    shown.put(ONE, READ, 100);
    assertThat(covers(ONE, Operation.UPDATE, LONG_BEFORE, 100)).isTrue();
    assertThat(covers(ONE, Operation.INSERT, LONG_BEFORE, 99)).isTrue();
    assertThat(covers(ONE, Operation.UPDATE, LONG_BEFORE, 101)).isFalse();
    assertThat(covers(row(1, 2), Operation.UPDATE, LONG_BEFORE, 1)).isFalse();
  }

  @Test
  void coversNothingThatMayNotHaveBeenVisible() {
    shown.put(ONE, READ, 100);
    assertThat(covers(ONE, Operation.UPDATE, LONG_BEFORE + 1, 1)).isFalse();
    assertThat(covers(ONE, Operation.UPDATE, READ + 1, 1)).as("later, with an old time").isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"INSERT", "UPDATE"})
  void coversNothingThatTakesAway(Operation operation) {
    shown.put(ONE, READ, 100);
    assertThat(covers(ONE, operation, LONG_BEFORE, 1)).isFalse();
  }

  @Test
  void coversNeitherNullsNorWritesOfUnknownTime() {
    shown.put(ONE, READ, 100);
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, LONG_BEFORE, 1, "a"))).isFalse();
    assertThat(covers(ONE, Operation.UPDATE, LONG_BEFORE, Entry.UNKNOWN)).isFalse();
  }

  @Test
  void forgetsTheOldestOverItsLimits() {
    shown.put(ONE, READ, 100);
    shown.put(row(1, 2), READ, 100);
    shown.put(row(1, 3), READ, 100);
    assertThat(covers(ONE, Operation.UPDATE, LONG_BEFORE, 1)).isFalse();
    assertThat(covers(row(1, 3), Operation.UPDATE, LONG_BEFORE, 1)).isTrue();
    Shown small = new Shown(100, ONE.json().length(), SETTLED);
    small.put(ONE, READ, 100);
    small.put(row(1, 2), READ, 100);
    assertThat(small.covers(entry(ONE, Operation.UPDATE, LONG_BEFORE, 1))).isFalse();
  }

  @Test
  void forgetsAllOnANewSchema() {
    shown.put(ONE, READ, 100);
    shown.clear();
    assertThat(covers(ONE, Operation.UPDATE, LONG_BEFORE, 1)).isFalse();
  }
}
