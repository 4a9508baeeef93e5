package io.cesync.sync;

import static io.cesync.sync.Visibility.CANNOT_TELL;
import static io.cesync.sync.Visibility.NOT_YET;
import static io.cesync.sync.Visibility.VISIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.changelog.Entry;
import io.cesync.changelog.Operation;
import io.cesync.row.RowView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

  private static final RowView ABSENT = new View(false, Map.of());

  @Test
  void aWriteIsVisibleOnceItsColumnIsAsNew() {
    assertThat(look(row(Map.of("v", 10L)), update(10, "v"))).isEqualTo(VISIBLE);
    assertThat(look(row(Map.of("v", 11L)), update(10, "v"))).isEqualTo(VISIBLE);
    assertThat(look(row(Map.of("v", 9L)), update(10, "v"))).isEqualTo(NOT_YET);
    assertThat(look(row(Map.of("w", 10L)), update(10, "v"))).isEqualTo(NOT_YET);
    assertThat(look(ABSENT, update(10, "v"))).isEqualTo(NOT_YET);
  }

  @Test
  void anotherColumnsWriteSaysNothing() {
    assertThat(look(row(Map.of("v", 9L, "w", 50L)), update(10, "v"))).isEqualTo(NOT_YET);
  }

  @Test
  void aNullIsVisibleAsANull() {
    Expected nulled = new Expected(Operation.UPDATE, Set.of("v"), Set.of("v"), 10);
    assertThat(look(row(Map.of("w", 5L)), nulled)).isEqualTo(VISIBLE);
    assertThat(look(row(Map.of("v", 5L)), nulled)).isEqualTo(NOT_YET);
    assertThat(look(row(Map.of("v", 12L)), nulled)).isEqualTo(VISIBLE);
    assertThat(look(ABSENT, nulled)).isEqualTo(VISIBLE);
  }

  @Test
  void ofTwoWritesToAColumnOnlyTheNewerCanShow() {
    Expected nulled = new Expected(Operation.UPDATE, Set.of("v"), Set.of("v"), 20);
    assertThat(look(row(Map.of("w", 5L)), update(10, "v"), nulled)).isEqualTo(VISIBLE);
    assertThat(look(row(Map.of("w", 5L)), nulled, update(10, "v"))).isEqualTo(VISIBLE);
    assertThat(look(row(Map.of("w", 5L)), nulled, update(30, "v"))).isEqualTo(NOT_YET);
  }

  @Test
  void aDeleteIsVisibleOnceNothingOlderIsThere() {
    assertThat(look(ABSENT, delete(10))).isEqualTo(VISIBLE);
    assertThat(look(row(Map.of("v", 10L)), delete(10))).isEqualTo(NOT_YET);
    assertThat(look(row(Map.of("v", 11L)), delete(10))).isEqualTo(VISIBLE);
    assertThat(look(row(Map.of("v", 11L, "w", 3L)), delete(10))).isEqualTo(NOT_YET);
    assertThat(look(row(Map.of()), delete(10))).isEqualTo(CANNOT_TELL);
  }

  @Test
  void aDeleteCoversWhatWasWrittenBefore() {
    assertThat(look(ABSENT, update(9, "v"), delete(10))).isEqualTo(VISIBLE);
    assertThat(look(ABSENT, delete(10), update(11, "v"))).isEqualTo(NOT_YET);
  }

  @Test
  void anInsertWithoutColumnsNeedsTheRow() {
    Expected insert = new Expected(Operation.INSERT, Set.of(), Set.of(), 10);
    assertThat(look(ABSENT, insert)).isEqualTo(NOT_YET);
    assertThat(look(row(Map.of()), insert)).isEqualTo(VISIBLE);
  }

  @Test
  void whatHasNoTimeOrNoRowCannotBeTold() {
    assertThat(look(row(Map.of("v", 50L)), update(Entry.UNKNOWN, "v"))).isEqualTo(CANNOT_TELL);
    Expected range = new Expected(Operation.DELETE_RANGE, Set.of(), Set.of(), 10);
    assertThat(look(row(Map.of("v", 50L)), range)).isEqualTo(CANNOT_TELL);
    assertThat(look(row(Map.of("v", RowView.UNKNOWN)), update(10, "v"))).isEqualTo(CANNOT_TELL);
  }

  @Test
  void elementsThatWereRemovedLeaveNothingToSee() {
    Expected removed = new Expected(Operation.UPDATE, Set.of("w"), Set.of("w"), 10);
    assertThat(look(row(Map.of("w", 9L)), removed)).isEqualTo(CANNOT_TELL);
    assertThat(look(row(Map.of("w", 10L)), removed)).isEqualTo(VISIBLE);
  }

  @Test
  void columnsThatAreNotReadDontMatter() {
    assertThat(look(row(Map.of("v", 50L)), update(60, "unsynced"))).isEqualTo(VISIBLE);
  }

  private static Visibility look(RowView row, Expected... expected) {
    return Confirmation.of(List.of(expected), row);
  }

  private static Expected update(long writeTime, String column) {
    return new Expected(Operation.UPDATE, Set.of(column), Set.of(), writeTime);
  }

  private static Expected delete(long writeTime) {
    return new Expected(Operation.DELETE, Set.of(), Set.of(), writeTime);
  }

  private static RowView row(Map<String, Long> writeTimes) {
    return new View(true, writeTimes);
  }

  /** Of a table with columns v and w. */
  private record View(boolean present, Map<String, Long> writeTimes) implements RowView {
    @Override
    public boolean shows(String column) {
      return Set.of("v", "w").contains(column);
    }

    @Override
    public boolean isNull(String column) {
      return !writeTimes.containsKey(column);
    }

    @Override
    public boolean hasElements(String column) {
      return column.equals("w");
    }

    @Override
    public long writeTime(String column) {
      return writeTimes.getOrDefault(column, UNKNOWN);
    }

    @Override
    public long oldestWriteTime() {
      return writeTimes.values().stream().mapToLong(Long::longValue).min().orElse(UNKNOWN);
    }
  }

  @Test
  void thatNoRowIsThereDoesNotTellOfADelete() {
    assertThat(Confirmation.withoutRows(List.of(expected(Operation.DELETE_PARTITION))))
        .isEqualTo(CANNOT_TELL);
    assertThat(Confirmation.withoutRows(List.of(expected(Operation.DELETE_RANGE))))
        .isEqualTo(CANNOT_TELL);
    assertThat(Confirmation.withoutRows(List.of(expected(Operation.STATIC)))).isEqualTo(VISIBLE);
  }

  private static Expected expected(Operation operation) {
    return new Expected(operation, Set.of("v"), Set.of(), 100);
  }
}
