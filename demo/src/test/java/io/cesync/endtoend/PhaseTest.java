package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.endtoend.Op.Answer;
import io.cesync.endtoend.Op.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhaseTest {
  private static final long SECOND = 1_000_000;
  private static final long AGREED = 100 * SECOND;
  private static final long END = 200 * SECOND;
  private static final Cells BEFORE =
      new Cells(true, Map.of("a", new Cells.Cell("old", 50 * SECOND)));

  private static Op op(Kind kind, String value, OptionalLong given, long second) {
    return new Op(
        (int) second,
        kind,
        1,
        Change.of(Collections.singletonMap("a", value)),
        given,
        OptionalLong.empty(),
        second * SECOND,
        second * SECOND + 1000,
        Answer.DONE);
  }

  private static Op op(Kind kind, String value, long second) {
    return op(kind, value, OptionalLong.empty(), second);
  }

  private static Op dated(Kind kind, String value, long second, long given) {
    return op(kind, value, OptionalLong.of(given * SECOND), second);
  }

  private static Op copied(String value, long second) {
    Op op = op(Kind.PUT, value, second);
    return new Op(
        op.number(),
        op.kind(),
        1,
        new Change(op.change().values(), Set.of(), Set.of(), Set.of("a")),
        op.given(),
        op.stale(),
        op.start(),
        op.end(),
        op.answer());
  }

  private static Phase phase(
      Dating dating, boolean disturbed, List<Op> ofRow, List<Op> ofDocument) {
    return new Phase(BEFORE, AGREED, AGREED, END, disturbed, dating, ofRow, ofDocument);
  }

  private static Phase phase(List<Op> ofRow, List<Op> ofDocument) {
    return phase(Dating.BY_NUMBER, false, ofRow, ofDocument);
  }

  private static boolean mayStand(Phase phase, String value, double second) {
    Cells after =
        value == null
            ? Cells.NONE
            : new Cells(true, Map.of("a", new Cells.Cell(value, (long) (second * SECOND))));
    return phase.judge("a", after).isEmpty();
  }

  @Test
  void aDocumentWithoutTimeIsNewerThanWhatWasInTheRowBefore() {
    List<Op> rows = List.of(op(Kind.CELLS, "row", 110));
    Phase phase = phase(rows, List.of(op(Kind.UPDATE, "document", 120)));
    assertThat(mayStand(phase, "document", 150)).isTrue();
    assertThat(mayStand(phase, "document", 119)).as("older than it is").isFalse();
    assertThat(mayStand(phase, "row", 110)).isFalse();
    assertThat(mayStand(phase, "old", 50)).isFalse();
    assertThat(mayStand(phase, null, 0)).isFalse();

    Phase disturbed = phase(Dating.BY_NUMBER, true, rows, phase.ofDocument());
    assertThat(mayStand(disturbed, "row", 110)).isTrue();
    assertThat(mayStand(disturbed, null, 0)).isFalse();
  }

  @Test
  void ofARowWrittenAfterTheDocumentEitherMayStand() {
    Phase phase =
        phase(List.of(op(Kind.CELLS, "row", 130)), List.of(op(Kind.UPDATE, "document", 120)));
    assertThat(mayStand(phase, "document", 150)).isTrue();
    assertThat(mayStand(phase, "row", 130)).isTrue();
    assertThat(mayStand(phase, "document", 125)).as("the row is newer than that").isFalse();
  }

  @Test
  void aTimeThatIsNewerThanAllCountsExactly() {
    List<Op> document = List.of(dated(Kind.PUT, "document", 120, 123));
    assertThat(mayStand(phase(List.of(), document), "document", 123)).isTrue();
    assertThat(mayStand(phase(List.of(), document), "document", 124)).isFalse();
    Phase newer = phase(List.of(dated(Kind.CELLS, "row", 110, 140)), document);
    assertThat(mayStand(newer, "row", 140)).isTrue();
    assertThat(mayStand(newer, "document", 150)).as("taken for undated").isTrue();
    assertThat(mayStand(newer, "document", 123)).isFalse();
    Phase older = phase(List.of(dated(Kind.CELLS, "row", 110, 105)), document);
    assertThat(mayStand(older, "row", 105)).isFalse();
  }

  @Test
  void aLaterDocumentHidesAnEarlierOne() {
    Phase phase =
        phase(List.of(), List.of(op(Kind.UPDATE, "first", 120), op(Kind.UPDATE, "second", 121)));
    assertThat(mayStand(phase, "second", 122)).isTrue();
    assertThat(mayStand(phase, "first", 120.5)).isFalse();
    assertThat(mayStand(phase, "old", 50)).isFalse();
  }

  @Test
  void aDocumentHasOneTimeForAllThatIsNotNoticed() {
    Op other =
        new Op(
            121,
            Kind.UPDATE,
            1,
            Change.of(Map.of("b", "other")),
            OptionalLong.of(118 * SECOND),
            OptionalLong.empty(),
            121 * SECOND,
            121 * SECOND,
            Answer.DONE);
    Phase phase = phase(List.of(), List.of(dated(Kind.UPDATE, "document", 120, 123), other));
    assertThat(mayStand(phase, "document", 123)).isTrue();
    assertThat(mayStand(phase, "document", 118)).isTrue();
    assertThat(mayStand(phase, "document", 119)).isFalse();
  }

  /** A part of the document that says nothing of the field. */
  private static Op other(long second) {
    return new Op(
        (int) second,
        Kind.UPDATE,
        1,
        Change.of(Map.of("b", "other")),
        OptionalLong.empty(),
        OptionalLong.empty(),
        second * SECOND,
        second * SECOND + 1000,
        Answer.DONE);
  }

  @Test
  void theServersTimeTakesThePlaceOfOneThatWasGiven() {
    Op dated = dated(Kind.UPDATE, "document", 120, 123);
    List<Op> ops = List.of(dated, other(121));
    Phase inherited = phase(Dating.BY_NUMBER, false, List.of(), ops);
    assertThat(mayStand(inherited, "document", 123)).isTrue();
    Phase replaced = phase(Dating.BY_SERVER, false, List.of(), ops);
    assertThat(mayStand(replaced, "document", 123)).as("noticed before the other").isTrue();
    assertThat(mayStand(replaced, "document", 121)).isTrue();
    assertThat(mayStand(replaced, "document", 119)).isFalse();
  }

  @Test
  void theServersTimeCountsThoughItIsNoticedLater() {
    List<Op> rows = List.of(op(Kind.CELLS, "row", 130));
    List<Op> documents = List.of(op(Kind.UPDATE, "document", 120));
    Phase phase = phase(Dating.BY_SERVER, false, rows, documents);
    assertThat(mayStand(phase, "row", 130)).isTrue();
    assertThat(mayStand(phase, "document", 150)).isFalse();
    assertThat(mayStand(phase, "document", 120)).as("the row is newer than that").isFalse();
    Phase alone = phase(Dating.BY_SERVER, false, List.of(), documents);
    assertThat(mayStand(alone, "document", 120)).isTrue();
    assertThat(mayStand(alone, "document", 150)).isFalse();

    List<Op> ahead = List.of(dated(Kind.CELLS, "row", 110, 140));
    Phase behind = phase(Dating.BY_SERVER, false, ahead, documents);
    assertThat(mayStand(behind, "document", 150)).as("older than what is known").isTrue();
  }

  @Test
  void aRepeatedTimeOfTheServersIsNewUntilItIsNoticed() {
    OptionalLong repeated = OptionalLong.of(110 * SECOND);
    Op first = other(110);
    Op copy =
        new Op(
            120,
            Kind.PUT,
            1,
            Change.of(Map.of("a", "document")),
            OptionalLong.empty(),
            repeated,
            120 * SECOND,
            120 * SECOND,
            Answer.DONE);
    Phase now = phase(Dating.BY_SERVER, false, List.of(), List.of(first, copy));
    assertThat(mayStand(now, "document", 110)).isTrue();
    assertThat(mayStand(now, "document", 130)).isTrue();
    assertThat(mayStand(now, "document", 115)).isFalse();
    Phase longAgo = phase(Dating.BY_SERVER, false, List.of(), List.of(copy));
    assertThat(mayStand(longAgo, "document", 110)).isFalse();
    Phase field = phase(Dating.BY_NUMBER, false, List.of(), List.of(first, copy));
    assertThat(mayStand(field, "document", 110)).isFalse();
  }

  @Test
  void eachWriteOfADocumentMayTakeAMillisecond() {
    List<Op> rows = List.of(dated(Kind.CELLS, "row", 110, 140));
    long given = 140 * SECOND + 11_500;
    List<Op> ops = List.of(op(Kind.UPDATE, "document", OptionalLong.of(given), 120));
    Phase field = phase(Dating.BY_NUMBER, false, rows, ops);
    assertThat(mayStand(field, "document", 150)).as("surely newer").isFalse();
    Phase server = phase(Dating.BY_SERVER, false, rows, ops);
    assertThat(mayStand(server, "document", 150)).as("perhaps it isn't newer").isTrue();
  }

  @Test
  void aCopiedFieldNeedNotBeAChange() {
    Phase phase = phase(List.of(op(Kind.CELLS, "row", 110)), List.of(copied("old", 120)));
    assertThat(mayStand(phase, "row", 110)).isTrue();
    assertThat(mayStand(phase, "old", 120)).as("if the row was carried over before").isTrue();
    assertThat(mayStand(phase, "old", 50)).isFalse();
  }

  @Test
  void aFieldThatIsLeftOutIsGone() {
    Phase phase = phase(List.of(), List.of(op(Kind.PUT, null, 120)));
    assertThat(mayStand(phase, null, 0)).isTrue();
    assertThat(mayStand(phase, "old", 50)).isFalse();
  }

  @Test
  void aDeletedDocumentTakesWhatBothSidesHad() {
    List<Op> delete = List.of(op(Kind.DOCUMENT_DELETE, null, 120));
    assertThat(mayStand(phase(List.of(), delete), null, 0)).isTrue();
    assertThat(mayStand(phase(List.of(), delete), "old", 50)).isFalse();
    Phase newer = phase(List.of(op(Kind.CELLS, "row", 110)), delete);
    assertThat(mayStand(newer, "row", 110)).isTrue();
    assertThat(mayStand(newer, null, 0)).isTrue();
  }

  @Test
  void whatFailedMayStandOrNot() {
    Op failed = op(Kind.CELLS, "row", 110);
    failed =
        new Op(
            1,
            failed.kind(),
            1,
            failed.change(),
            failed.given(),
            failed.stale(),
            failed.start(),
            failed.end(),
            Answer.UNKNOWN);
    assertThat(mayStand(phase(List.of(failed), List.of()), "row", 110)).isTrue();
    assertThat(mayStand(phase(List.of(failed), List.of()), "old", 50)).isTrue();
  }
}
