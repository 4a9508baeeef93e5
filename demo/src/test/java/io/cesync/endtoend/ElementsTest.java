package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.endtoend.Op.Answer;
import io.cesync.endtoend.Op.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each element of a collection counts by itself, but a document's collection as a whole. */
class ElementsTest {
  private static final Set<String> NONE = Set.of();
  private static final Cells BEFORE =
      new Cells(true, Map.of("s.p", new Cells.Cell("p", 50), "m.x", new Cells.Cell("x-0", 50)));

  private static Op op(Kind kind, int number, Change change, long given) {
    return new Op(
        number,
        kind,
        1,
        change,
        OptionalLong.of(given),
        OptionalLong.empty(),
        given,
        given,
        Answer.DONE);
  }

  private static Phase phase(List<Op> ofRow, Op ofDocument) {
    return new Phase(BEFORE, 50, 60, 400_000, false, Dating.BY_NUMBER, ofRow, List.of(ofDocument));
  }

  private static boolean mayStand(Phase phase, String field, String value, long time) {
    Map<String, Cells.Cell> cells = new HashMap<>();
    if (value != null) {
      cells.put(field, new Cells.Cell(value, time));
    }
    return phase.judge(field, new Cells(true, cells)).isEmpty();
  }

  @Test
  void aDocumentsCollectionTakesWhatIsOlderAndLeavesWhatIsNewer() {
    Op set =
        op(Kind.UPDATE, 7, new Change(Map.of("s.n-7", "n-7"), Set.of("s"), NONE, NONE), 200_000);
    Op older = op(Kind.CELLS, 8, Change.of(Map.of("s.q", "q")), 100_000);
    Op newer = op(Kind.CELLS, 9, Change.of(Map.of("s.r", "r")), 300_000);
    Phase phase = phase(List.of(older, newer), set);
    assertThat(mayStand(phase, "s.r", "r", 300_000)).isTrue();
    phase = phase(List.of(older), set);
    assertThat(mayStand(phase, "s.n-7", "n-7", 200_000)).isTrue();
    assertThat(mayStand(phase, "s.n-7", null, 0)).isFalse();
    assertThat(mayStand(phase, "s.p", "p", 50)).isFalse();
    assertThat(mayStand(phase, "s.p", null, 0)).isTrue();
    assertThat(mayStand(phase, "s.q", "q", 100_000)).isFalse();
    assertThat(mayStand(phase, "m.x", "x-0", 50)).isTrue();
    assertThat(mayStand(phase, "m.x", null, 0)).isFalse();
  }

  @Test
  void whatAPartialUpdateLeavesOfAnObjectIsWrittenAgain() {
    Op merge =
        op(Kind.UPDATE, 7, new Change(Map.of("m.y", "y-7"), NONE, Set.of("m"), NONE), 200_000);
    Phase phase = phase(List.of(), merge);
    assertThat(mayStand(phase, "m.y", "y-7", 200_000)).isTrue();
    assertThat(mayStand(phase, "m.y", null, 0)).isFalse();
    assertThat(mayStand(phase, "m.x", "x-0", 200_000)).isTrue();
    assertThat(mayStand(phase, "m.x", "x-1", 200_000)).isFalse();
  }

  @Test
  void theFirstTimeADocumentCountsFromItsTimeAndWhatItLacksSaysNothing() {
    Op row =
        op(
            Kind.CELLS,
            1,
            new Change(Map.of("a", "a-1", "s.p", "p"), Set.of("s"), NONE, NONE),
            100_000);
    FirstSync dated = new FirstSync(List.of(row), Map.of("s.q", "q"), 200_000, false);
    assertThat(first(dated, "a", "a-1", 100_000)).isTrue();
    assertThat(first(dated, "s.q", "q", 200_000)).isTrue();
    assertThat(first(dated, "s.p", null, 0)).isTrue();
    assertThat(first(dated, "s.p", "p", 100_000)).isFalse();
    FirstSync undated = new FirstSync(List.of(row), Map.of("a", "b-2", "m.x", "x-2"), 0, false);
    assertThat(first(undated, "a", "a-1", 100_000)).isTrue();
    assertThat(first(undated, "a", "b-2", 0)).isFalse();
    assertThat(first(undated, "m.x", "x-2", 0)).isTrue();
    assertThat(first(undated, "m.x", null, 0)).isFalse();
  }

  private static boolean first(FirstSync sync, String field, String value, long time) {
    Map<String, Cells.Cell> cells = new HashMap<>();
    if (value != null) {
      cells.put(field, new Cells.Cell(value, time));
    }
    return sync.judge(field, new Cells(true, cells)).isEmpty();
  }
}
