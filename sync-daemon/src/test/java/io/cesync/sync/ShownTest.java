package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.changelog.Entry;
import io.cesync.changelog.Operation;
import io.cesync.row.RowKey;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ShownTest {
  private static final RowKey ONE = key(1);

  private final Shown shown = new Shown(2, 1_000);

  private static RowKey key(int id) {
    String json = "{\"id\":" + id + "}";
    return new RowKey(json, json.length() - 1, false);
  }

  private static Entry entry(RowKey key, Operation operation, long writeTime, String... nulled) {
    return new Entry(
        new UUID(0x1000, 1), operation, key, Set.of("a", "b"), Set.of(nulled), writeTime);
  }

  @Test
  void coversWhatIsNoNewer() {
    shown.put(ONE, 100, 50);
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 100))).isTrue();
    assertThat(shown.covers(entry(ONE, Operation.INSERT, 99))).isTrue();
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 101))).isFalse();
    assertThat(shown.covers(entry(key(2), Operation.UPDATE, 1))).isFalse();
  }

  @Test
  void coversOneOfSeveralWritesWithTheTimeShown() {
    shown.put(ONE, 100, 50);
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 100))).isTrue();
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 100))).isFalse();
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 99))).isTrue();
  }

  @Test
  void coversNoneWithTheTimeShownIfItsEntryLedThere() {
    shown.put(ONE, 100, 100);
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 100))).isFalse();
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 99))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"INSERT", "UPDATE"})
  void coversNothingThatTakesAway(Operation operation) {
    shown.put(ONE, 100, 50);
    assertThat(shown.covers(entry(ONE, operation, 1))).isFalse();
  }

  @Test
  void coversNeitherNullsNorWritesOfUnknownTime() {
    shown.put(ONE, 100, 50);
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 1, "a"))).isFalse();
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, Entry.UNKNOWN))).isFalse();
  }

  @Test
  void forgetsTheOldestOverItsLimits() {
    shown.put(ONE, 100, 50);
    shown.put(key(2), 100, 50);
    shown.put(key(3), 100, 50);
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 1))).isFalse();
    assertThat(shown.covers(entry(key(3), Operation.UPDATE, 1))).isTrue();
    Shown small = new Shown(100, 10);
    small.put(ONE, 100, 50);
    small.put(key(2), 100, 50);
    assertThat(small.covers(entry(ONE, Operation.UPDATE, 1))).isFalse();
  }

  @Test
  void forgetsAllOnANewSchema() {
    shown.put(ONE, 100, 50);
    shown.clear();
    assertThat(shown.covers(entry(ONE, Operation.UPDATE, 1))).isFalse();
  }
}
