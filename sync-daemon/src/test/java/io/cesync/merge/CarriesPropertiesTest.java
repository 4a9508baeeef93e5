package io.cesync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.row.RowValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A document that changes again and again while writes to its row fail, come late, or are forgotten
 * by a crash: of each column the value stands whose time is the newest, counted from when a change
 * was noted first.
 */
class CarriesPropertiesTest {

  private static final List<String> COLUMNS = List.of("a", "b", "s");

  /** A cell that one of both sides wrote. */
  private record Cell(ByteBuffer value, long time) {}

  private static final class History {
    final Random random;
    final World world = new World();
    final Map<String, Cell> newest = new HashMap<>();
    final List<RowDecision.Write> late = new ArrayList<>();
    final StringBuilder told = new StringBuilder();
    Carries carries = Carries.NONE;

    /** What a crash leaves: what was noted, but not what has become of it. */
    Carries noted = Carries.NONE;

    /** What cesync wrote to the document without the ledger knowing; it is noted, too. */
    Attempts attempts = Attempts.NONE;

    /** All values that its fields had since the ledger knew them last. */
    final Map<String, Set<ByteBuffer>> said = new HashMap<>();

    /** The document as it was noticed, or written by cesync, last. */
    Map<String, Long> seen;

    Place noticed;
    long noticedAt;

    History(Random random) {
      this.random = random;
      world.row.write(Map.of("a", Values.of(1), "b", Values.of(1)), world.clock, true);
      world.reconcile();
      for (String column : COLUMNS) {
        said.put(column, new HashSet<>());
        newest.put(column, new Cell(world.value(column), world.clock));
      }
      world.settle();
      seen = world.ledger.orElseThrow().digests();
      remember();
    }

    private void tell(String what, Map<String, ByteBuffer> values, long time) {
      told.append('\n').append(world.clock).append(": ").append(what).append(" at ").append(time);
      COLUMNS.stream()
          .filter(values::containsKey)
          .forEach(c -> told.append(' ').append(c).append('=').append(told(values.get(c))));
    }

    private static String told(ByteBuffer value) {
      return value == null ? "null" : String.valueOf(value.getInt(0));
    }

    private ByteBuffer any() {
      return random.nextInt(4) == 0 ? null : Values.of(random.nextInt(6));
    }

    private void write(String column, ByteBuffer value, long time) {
      newest.merge(
          column, new Cell(value, time), (one, other) -> one.time >= other.time ? one : other);
    }

    /**
     * Never back to what a field was before, if there is a write of cesync's own that the ledger
     * doesn't know: nobody could tell then whether that took place.
     */
    void inIndex() {
      Map<String, ByteBuffer> fields = new HashMap<>();
      for (String column : COLUMNS) {
        ByteBuffer value = any();
        boolean isAmbiguous = !attempts.isEmpty() && said.get(column).contains(value);
        if (random.nextBoolean() && !isAmbiguous) {
          fields.put(column, value);
        }
      }
      tell("document", fields, 0);
      world.update(fields, world.index.timestamp());
      remember();
    }

    private void remember() {
      said.forEach((column, values) -> values.add(world.index.values().get(column)));
    }

    void inCassandra() {
      String column = COLUMNS.get(random.nextInt(COLUMNS.size()));
      Map<String, ByteBuffer> cells = new HashMap<>();
      cells.put(column, any());
      // Never at a time of the document's.
      long time = world.clock + 5;
      tell("row", cells, time);
      world.row.write(cells, time, false);
      write(column, cells.get(column), time);
    }

    /** One look, and what it does to the row; false if that needs nothing any more. */
    boolean look(boolean mayFail) {
      DocumentState.Present document = (DocumentState.Present) world.index.read();
      if (!document.place().equals(noticed)) {
        noticed = document.place();
        noticedAt = world.clock;
      }
      RowValues row = world.row.read();
      attempts = attempts.since(world.ledger);
      RowChange change =
          World.MERGE.intoRow(row, document, world.ledger, carries, attempts, noticedAt);
      if (!(change.decision() instanceof RowDecision.Write write)) {
        changed(document, noticedAt);
        return !settle(row, document, mayFail);
      }
      boolean again = !change.of().equals(document.place());
      if (!again) {
        changed(document, write.timestamp());
        LedgerEntry carry = entry(document, write.timestamp(), World.MERGE.digests(document));
        carries = carries.plus(carry);
        noted = noted.plus(carry);
      }
      if (mayFail && random.nextInt(3) == 0) {
        tell("fails", write.cells(), write.timestamp());
        late.add(write);
      } else {
        tell("lands", write.cells(), write.timestamp());
        world.row.write(write.cells(), write.timestamp(), write.insert());
        carries = again ? carries.landedAgain(change.of()) : carries.landed(change.of());
      }
      if (mayFail && random.nextInt(3) == 0) {
        tell("crash", Map.of(), 0);
        carries = noted;
      }
      return true;
    }

    /** The document becomes what the row is; whether the ledger knows. */
    private boolean settle(RowValues row, DocumentState.Present document, boolean mayFail) {
      DocumentDecision decision = World.MERGE.intoDocument(row, document, world.ledger, 0);
      if (decision instanceof DocumentDecision.Replace replace) {
        Map<String, ByteBuffer> values = new HashMap<>(document.values());
        COLUMNS.forEach(column -> values.put(column, row.value(column)));
        boolean isAnswered = !mayFail || random.nextInt(3) > 0;
        tell(isAnswered ? "settled" : "written", values, replace.timestamp());
        LedgerEntry write = entry(document, replace.timestamp(), replace.digests());
        attempts = attempts.plus(write);
        assertThat(world.index.replace(replace.expected(), values, replace.timestamp())).isTrue();
        seen = replace.digests();
        remember();
        if (!isAnswered) {
          return false;
        }
        world.ledger = Optional.of(write.at(world.index.last()));
      } else if (decision instanceof DocumentDecision.Correct correct) {
        tell("agreed", Map.of(), correct.timestamp());
        world.ledger = Optional.of(entry(document, correct.timestamp(), correct.digests()));
      }
      carries = Carries.NONE;
      noted = Carries.NONE;
      attempts = Attempts.NONE;
      said.values().forEach(Set::clear);
      remember();
      return true;
    }

    private LedgerEntry entry(
        DocumentState.Present document, long timestamp, Map<String, Long> digests) {
      return new LedgerEntry("7", null, document.place(), timestamp, digests, noticedAt);
    }

    /** The document's last change is noticed for good. */
    private void changed(DocumentState.Present document, long time) {
      Map<String, Long> digests = World.MERGE.digests(document);
      for (String column : COLUMNS) {
        if (!Objects.equals(digests.get(column), seen.get(column))) {
          write(column, document.values().get(column), time);
        }
      }
      seen = digests;
    }

    void comesLate() {
      if (!late.isEmpty()) {
        RowDecision.Write write = late.remove(random.nextInt(late.size()));
        tell("late", write.cells(), write.timestamp());
        world.row.write(write.cells(), write.timestamp(), write.insert());
      }
    }
  }

  @Property(tries = 20_000)
  void ofEachColumnTheNewestStands(@ForAll long seed) {
    History history = new History(new Random(seed));
    int length = history.random.nextInt(25);
    for (int i = 0; i < length; i++) {
      history.world.clock += 10;
      switch (history.random.nextInt(5)) {
        case 0 -> history.inIndex();
        case 1 -> history.inCassandra();
        case 2 -> history.comesLate();
        default -> history.look(true);
      }
    }
    history.world.clock += 10;
    int looks = 0;
    while (history.look(false)) {
      assertThat(++looks).as("looks until the row needs nothing").isLessThan(20);
    }
    Collections.shuffle(history.late, history.random);
    while (!history.late.isEmpty()) {
      history.comesLate();
    }

    for (String column : COLUMNS) {
      assertThat(history.world.value(column))
          .as(column + " after" + history.told)
          .isEqualTo(history.newest.get(column).value);
    }
  }
}
