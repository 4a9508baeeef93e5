package io.cesync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.ColumnMapping.Role;
import io.cesync.row.RowValues;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MergeTest {

  private static final long NOW = 1_000;
  private static final RowValues NO_ROW = new ModelRow().read();

  private static RowValues row(long time, Object... columns) {
    ModelRow row = new ModelRow();
    Map<String, ByteBuffer> cells = new HashMap<>();
    for (int i = 0; i < columns.length; i += 2) {
      cells.put((String) columns[i], Values.of((int) columns[i + 1]));
    }
    row.write(cells, time, true);
    return row.read();
  }

  private static Place place(long seqNo) {
    return new Place(ModelIndex.UUID, 0, seqNo, 1);
  }

  private static Optional<LedgerEntry> entry(long seqNo, long timestamp, RowValues row) {
    Map<String, Long> digests = new HashMap<>();
    for (String column : World.COLUMNS) {
      if (row.value(column) != null) {
        digests.put(column, ColumnDigest.of(row.value(column)));
      }
    }
    return Optional.of(new LedgerEntry("7", null, place(seqNo), timestamp, digests, timestamp));
  }

  private static DocumentState.Present document(long seqNo, Object... columns) {
    Map<String, ByteBuffer> values = new HashMap<>();
    values.put("k", ModelRow.KEY);
    for (int i = 0; i < columns.length; i += 2) {
      values.put((String) columns[i], Values.of((int) columns[i + 1]));
    }
    return new DocumentState.Present(place(seqNo), null, OptionalLong.empty(), values);
  }

  private static DocumentState gone(long knownAt) {
    return new DocumentState.Absent(ModelIndex.UUID, knownAt);
  }

  private static RowDecision intoRow(
      RowValues row, DocumentState document, Optional<LedgerEntry> entry) {
    return World.intoRow(row, document, entry, Attempts.NONE, NOW);
  }

  private static RowDecision.Write write(long time, boolean insert, Map<String, ByteBuffer> cells) {
    return new RowDecision.Write(cells, time, insert);
  }

  @Test
  void newDocumentIsInsertedEvenWithNothingButItsKey() {
    assertThat(intoRow(NO_ROW, document(1), Optional.empty()))
        .isEqualTo(write(NOW, true, Map.of()));
    assertThat(intoRow(NO_ROW, document(1, "a", 1), Optional.empty()))
        .isEqualTo(write(NOW, true, Map.of("a", Values.of(1))));
  }

  @Test
  void aNewDocumentIsWrittenToARowThatIsntKnownAsToOneThatIsntThere() {
    DocumentState.Present document = document(1, "a", 1);

    assertThat(World.MERGE.intoNew(document, NOW))
        .isEqualTo(intoRow(NO_ROW, document, Optional.empty()))
        .isEqualTo(write(NOW, true, Map.of("a", Values.of(1))));
  }

  /** Of a document that was let go of, no more is decided than its digest can tell. */
  @Test
  void whatIsLeftOfACarriedDocumentDecidesAsItWould() {
    DocumentState.Present document = document(1, "a", 1);
    DocumentState.Carried carried =
        World.MERGE.carried(document, World.MERGE.digests(document)).orElseThrow();

    assertThat(intoRow(NO_ROW, carried, Optional.empty())).isEqualTo(new RowDecision.Nothing());
    RowValues same = row(NOW, "a", 1);
    assertThat(World.MERGE.intoDocument(same, carried, Optional.empty(), 0))
        .isInstanceOf(DocumentDecision.Correct.class)
        .isEqualTo(World.MERGE.intoDocument(same, document, Optional.empty(), 0));
    assertThat(World.MERGE.untouched(same, carried, Optional.empty()))
        .isInstanceOf(DocumentDecision.Correct.class)
        .isEqualTo(World.MERGE.untouched(same, document, Optional.empty()));
    for (RowValues other : List.of(row(NOW, "a", 2), row(NOW, "a", 1, "b", 1), NO_ROW)) {
      assertThat(World.MERGE.intoDocument(other, carried, Optional.empty(), 0))
          .isEqualTo(new DocumentDecision.Read());
      assertThat(World.MERGE.untouched(other, carried, Optional.empty()))
          .isEqualTo(new DocumentDecision.Read());
    }
  }

  /** Its digest doesn't tell of the key, which is to be added to it. */
  @Test
  void aDocumentWithoutItsKeyIsNotLetGoOf() {
    DocumentState.Present whole = document(1, "a", 1);
    Map<String, ByteBuffer> values = new HashMap<>(whole.values());
    values.remove("k");

    DocumentState.Present without =
        new DocumentState.Present(whole.place(), null, OptionalLong.empty(), values);
    assertThat(World.MERGE.carried(without, World.MERGE.digests(without))).isEmpty();
  }

  @Test
  void onlyPlainColumnsAreWrittenUnseen() {
    ColumnMapping key = new ColumnMapping("k", "k", DataTypes.INT, Role.PARTITION_KEY);
    ColumnMapping plain = new ColumnMapping("a", "a", DataTypes.INT, Role.REGULAR);
    ColumnMapping frozen =
        new ColumnMapping("f", "f", DataTypes.frozenListOf(DataTypes.INT), Role.REGULAR);
    ColumnMapping list = new ColumnMapping("l", "l", DataTypes.listOf(DataTypes.INT), Role.REGULAR);
    ColumnMapping shared = new ColumnMapping("s", "s", DataTypes.INT, Role.STATIC);
    ColumnMapping counter = new ColumnMapping("c", "c", DataTypes.COUNTER, Role.REGULAR);

    assertThat(writesUnseen(key, plain, frozen)).isTrue();
    assertThat(writesUnseen(key, plain, list)).isFalse();
    assertThat(writesUnseen(key, plain, shared)).isFalse();
    assertThat(writesUnseen(key, counter)).isFalse();
  }

  private static boolean writesUnseen(ColumnMapping... columns) {
    return new Merge(new Columns(List.of(columns))).writesUnseen();
  }

  @Test
  void whatTheRowHasNewerOrEqualIsNotWritten() {
    Optional<LedgerEntry> agreed = entry(1, 5, row(5, "a", 1, "b", 1));
    DocumentState changed = document(2, "a", 2, "b", 2);

    assertThat(intoRow(row(NOW + 1, "a", 3, "b", 1), changed, agreed))
        .isEqualTo(new RowDecision.Nothing());
    assertThat(intoRow(row(NOW, "a", 3, "b", 2), changed, agreed))
        .isEqualTo(write(NOW, false, Map.of("a", Values.of(2))));
  }

  @Test
  void clearingTheLastColumnKeepsTheRow() {
    RowValues row = row(5, "a", 1);
    Map<String, ByteBuffer> cleared = new HashMap<>();
    cleared.put("a", null);
    assertThat(intoRow(row, document(2), entry(1, 5, row))).isEqualTo(write(NOW, true, cleared));

    RowValues more = row(5, "a", 1, "b", 1);
    assertThat(intoRow(more, document(2, "b", 1), entry(1, 5, more)))
        .isEqualTo(write(NOW, false, cleared));
  }

  @Test
  void aDeletedRowComesBackOnlyWithWhatIsNew() {
    Optional<LedgerEntry> agreed = entry(1, 5, row(5, "a", 1, "b", 1, "s", 1));
    assertThat(intoRow(NO_ROW, document(2, "a", 1, "b", 2, "s", 1), agreed))
        .isEqualTo(write(NOW, true, Map.of("b", Values.of(2))));
    assertThat(intoRow(NO_ROW, document(2, "a", 1, "b", 1, "s", 2), agreed))
        .isEqualTo(write(NOW, false, Map.of("s", Values.of(2))));
    assertThat(intoRow(NO_ROW, document(2, "b", 1, "s", 1), agreed))
        .isEqualTo(new RowDecision.Nothing());
  }

  @Test
  void aDeleteIsAsOldAsWhatIsKnownOfTheDocument() {
    RowValues row = row(50, "a", 1);
    Optional<LedgerEntry> agreed = entry(1, 60, row);

    assertThat(intoRow(row, gone(Long.MIN_VALUE), agreed)).isEqualTo(new RowDecision.Delete(60));
    assertThat(intoRow(row, gone(70), agreed)).isEqualTo(new RowDecision.Delete(70));
    assertThat(intoRow(row(61, "a", 1), gone(Long.MIN_VALUE), agreed))
        .as("the column would stay")
        .isEqualTo(new RowDecision.Nothing());
    assertThat(intoRow(row(61, "s", 1), gone(Long.MIN_VALUE), agreed))
        .as("a static column isn't the row's")
        .isEqualTo(new RowDecision.Delete(60));
    assertThat(intoRow(row, gone(70), Optional.empty())).isEqualTo(new RowDecision.Nothing());
    Optional<LedgerEntry> ofAFastClock =
        agreed.map(e -> new LedgerEntry("7", null, e.place(), 60, e.digests(), 40));
    assertThat(intoRow(row, gone(45), ofAFastClock))
        .as("the document had this change")
        .isEqualTo(new RowDecision.Delete(60));
  }

  /** A daemon died in its first sync, while it tried to create a document that was there before. */
  @Test
  void anAttemptMakesADocumentThatIsNotKnownNoOlder() {
    RowValues row = row(80, "b", 1);
    Attempts attempts =
        Attempts.NONE.plus(new LedgerEntry("7", null, place(-1), 80, Map.of("b", 1L), 100));
    DocumentState.Present document =
        new DocumentState.Present(
            place(1), null, OptionalLong.of(60), document(1, "a", 2).values());

    assertThat(World.intoRow(row, document, Optional.empty(), attempts, 0))
        .isEqualTo(write(60, false, Map.of("a", Values.of(2))));
    assertThat(World.intoRow(row, document, Optional.empty(), attempts, NOW))
        .as("it may have been changed without a new time")
        .isEqualTo(write(NOW, false, Map.of("a", Values.of(2))));
  }

  @Test
  void anotherIndexIsANewStart() {
    RowValues row = row(50, "a", 1, "b", 1);
    Optional<LedgerEntry> other =
        entry(1, 60, row)
            .map(
                e ->
                    new LedgerEntry(
                        "7",
                        null,
                        new Place("before", 0, 1, 1),
                        e.timestamp(),
                        e.digests(),
                        e.knownAt()));

    assertThat(intoRow(row, gone(70), other)).isEqualTo(new RowDecision.Nothing());
    assertThat(World.MERGE.intoDocument(row, gone(70), other, 0))
        .isInstanceOf(DocumentDecision.Create.class);
    assertThat(intoRow(row, document(1, "a", 2), other))
        .as("an absent field deletes nothing")
        .isEqualTo(write(NOW, false, Map.of("a", Values.of(2))));
    assertThat(World.MERGE.intoDocument(NO_ROW, gone(70), other, 0))
        .isEqualTo(new DocumentDecision.Forget());
  }

  @Test
  void whatTheLedgerHasIsTakenForGrantedUnderCondition() {
    RowValues row = row(50, "a", 1);
    DocumentState unread = new DocumentState.Unread(ModelIndex.UUID);
    Optional<LedgerEntry> agreed = entry(3, 50, row);

    assertThat(World.MERGE.intoDocument(row, unread, agreed, 0))
        .isEqualTo(new DocumentDecision.Nothing());
    assertThat(World.MERGE.intoDocument(row(40, "a", 2), unread, agreed, 0))
        .isInstanceOfSatisfying(
            DocumentDecision.Replace.class,
            replace -> {
              assertThat(replace.expected()).isEqualTo(place(3));
              assertThat(replace.timestamp()).as("past the ledger's").isEqualTo(51);
            });
    assertThat(World.MERGE.intoDocument(NO_ROW, unread, agreed, 0))
        .isEqualTo(new DocumentDecision.Remove(place(3), null));
    assertThat(World.MERGE.intoDocument(NO_ROW, unread, Optional.empty(), 0))
        .isEqualTo(new DocumentDecision.Read());
  }

  @Test
  void aShardThatIsntToldIsTheLedgers() {
    RowValues row = row(50, "a", 1);
    DocumentState.Present read = document(4, "a", 1);
    DocumentState.Present told =
        new DocumentState.Present(
            new Place(ModelIndex.UUID, Place.UNKNOWN_SHARD, 4, 1),
            null,
            read.timestamp(),
            read.values());

    assertThat(World.MERGE.intoDocument(row, told, entry(3, 50, row), 0))
        .isInstanceOfSatisfying(
            DocumentDecision.Correct.class,
            correct -> assertThat(correct.place()).isEqualTo(place(4)));
    assertThat(World.MERGE.intoDocument(row, told, entry(4, 50, row), 0))
        .isEqualTo(new DocumentDecision.Nothing());
  }

  @Test
  void countersAreNeverWrittenButPutRight() {
    Merge merge =
        new Merge(
            new Columns(
                List.of(
                    new ColumnMapping("k", "k", DataTypes.INT, Role.PARTITION_KEY),
                    new ColumnMapping("a", "a", DataTypes.COUNTER, Role.REGULAR))));
    RowValues row = row(50, "a", 1);
    Optional<LedgerEntry> agreed = entry(1, 50, row);
    DocumentState.Present changed = document(2, "a", 2);

    assertThat(merge.intoRow(row, changed, agreed, Carries.NONE, Attempts.NONE, NOW).decision())
        .isEqualTo(new RowDecision.Nothing());
    assertThat(merge.intoRow(row, gone(70), agreed, Carries.NONE, Attempts.NONE, NOW).decision())
        .isEqualTo(new RowDecision.Nothing());
    assertThat(merge.intoDocument(row, changed, agreed, 0))
        .isInstanceOf(DocumentDecision.Replace.class);
    assertThat(merge.refusedCounters(row, changed, agreed)).containsExactly("a");
    assertThat(merge.refusedCounters(row(60, "a", 3), document(1, "a", 1), agreed)).isEmpty();
  }

  private static DocumentState marked(long seqNo, long timestamp) {
    return new DocumentState.Marked(place(seqNo), null, OptionalLong.of(timestamp));
  }

  @Test
  void aMarkDeletesAtItsTime() {
    RowValues row = row(50, "a", 1);
    Optional<LedgerEntry> agreed = entry(1, 50, row);

    assertThat(World.intoRow(row, marked(2, 70), agreed, Attempts.NONE, NOW))
        .isEqualTo(new RowDecision.Delete(70));
    assertThat(World.intoRow(row, marked(2, 50), agreed, Attempts.NONE, NOW))
        .isEqualTo(new RowDecision.Delete(NOW));
    assertThat(World.intoRow(row, marked(2, 40), Optional.empty(), Attempts.NONE, NOW))
        .isEqualTo(new RowDecision.Nothing());
    // It was seen before anyone knew that this field means a delete.
    assertThat(World.intoRow(row, marked(1, 70), agreed, Attempts.NONE, NOW))
        .isEqualTo(new RowDecision.Nothing());
    assertThat(World.MERGE.intoDocument(row, marked(2, 40), agreed, 0))
        .isInstanceOfSatisfying(
            DocumentDecision.Replace.class,
            replace -> assertThat(replace.expected()).isEqualTo(place(2)));
    assertThat(World.MERGE.intoDocument(new ModelRow().read(), marked(2, 70), agreed, 0))
        .isEqualTo(new DocumentDecision.Remove(place(2), null));
  }

  @Test
  void aMarkedDocumentThatIsNeverWrittenIsRememberedWithoutContents() {
    RowValues row = row(50, "a", 1);
    Optional<LedgerEntry> agreed = entry(1, 50, row);

    DocumentDecision decision = World.MERGE.untouched(NO_ROW, marked(2, 70), agreed);

    assertThat(decision).isEqualTo(new DocumentDecision.Correct(place(2), null, 70, Map.of()));
    assertThat(
            World.MERGE.untouched(
                NO_ROW,
                marked(2, 70),
                Optional.of(new LedgerEntry("7", null, place(2), 70, Map.of(), 70))))
        .isEqualTo(new DocumentDecision.Nothing());
  }

  private static Optional<LedgerEntry> refused(Optional<LedgerEntry> agreed, long seqNo) {
    return agreed.map(entry -> entry.refusedAt(place(seqNo), null, 900));
  }

  @Test
  void aRefusedDocumentIsNeitherOverwrittenNorDeletedUnread() {
    DocumentState unread = new DocumentState.Unread(ModelIndex.UUID);
    RowValues row = row(50, "a", 1);
    Optional<LedgerEntry> neverAgreed = Optional.of(LedgerEntry.refused("7", null, place(2), 900));
    for (Optional<LedgerEntry> entry : List.of(refused(entry(1, 50, row), 2), neverAgreed)) {
      for (RowValues each : List.of(NO_ROW, row, row(990, "a", 3))) {
        assertThat(World.MERGE.intoDocument(each, unread, entry, 0))
            .isEqualTo(new DocumentDecision.Read());
      }
    }
  }

  @Test
  void whatARefusedDocumentHasChangedIsNewsOnceItCanBeTaken() {
    RowValues row = row(50, "a", 1, "b", 1);
    Optional<LedgerEntry> entry = refused(entry(1, 50, row), 2);
    Map<String, ByteBuffer> cells = new HashMap<>();
    cells.put("b", null);

    assertThat(intoRow(row, document(2, "a", 1), entry))
        .as("one was removed, and the other is as it was")
        .isEqualTo(write(NOW, false, cells));
    assertThat(intoRow(row(60, "a", 2, "b", 1), document(2, "a", 1, "b", 1), entry))
        .isEqualTo(new RowDecision.Nothing());
    assertThat(World.intoRow(row, marked(2, 70), entry, Attempts.NONE, NOW))
        .isEqualTo(new RowDecision.Delete(70));
    assertThat(World.MERGE.intoDocument(row, document(2, "a", 1, "b", 1), entry, 0))
        .as("the ledger doesn't know that it agrees")
        .isInstanceOf(DocumentDecision.Correct.class);
    assertThat(intoRow(row, gone(Long.MIN_VALUE), entry)).isEqualTo(new RowDecision.Delete(900));
  }

  @Test
  void aDocumentThatWasRefusedFromTheStartIsNew() {
    Optional<LedgerEntry> entry = Optional.of(LedgerEntry.refused("7", null, place(2), 900));

    assertThat(intoRow(NO_ROW, document(2), entry)).isEqualTo(write(NOW, true, Map.of()));
    assertThat(intoRow(row(50, "b", 1), document(2, "a", 1), entry))
        .as("what it doesn't have it never had")
        .isEqualTo(write(NOW, false, Map.of("a", Values.of(1))));
  }

  /** Whoever removes a bad document has its row indexed. */
  @Test
  void aDocumentThatWasRefusedFromTheStartDeletesNothing() {
    RowValues row = row(50, "b", 1);
    Optional<LedgerEntry> entry = Optional.of(LedgerEntry.refused("7", null, place(2), 900));

    assertThat(intoRow(row, gone(950), entry)).isEqualTo(new RowDecision.Nothing());
    assertThat(World.MERGE.intoDocument(row, gone(950), entry, 0))
        .isInstanceOf(DocumentDecision.Create.class);
    assertThat(World.MERGE.intoDocument(NO_ROW, gone(950), entry, 0))
        .isEqualTo(new DocumentDecision.Forget());

    Carries mended = Carries.NONE.plus(entry(3, 920, row).orElseThrow()).landed(place(3));
    assertThat(World.MERGE.intoRow(row, gone(950), entry, mended, Attempts.NONE, NOW).decision())
        .as("it was mended meanwhile, and the row got what it said")
        .isEqualTo(new RowDecision.Delete(950));
  }

  /** Nobody remembers the attempts once it is put aside. */
  @Test
  void whatCesyncWroteToARefusedDocumentIsNoChange() {
    RowValues before = row(50, "a", 1, "b", 1);
    LedgerEntry agreed = entry(1, 50, before).orElseThrow();
    // Its answer was lost; then the row was changed again, and the application made the document
    // bad.
    Attempts attempts = Attempts.NONE.plus(entry(1, 60, row(60, "a", 2, "b", 1)).orElseThrow());
    LedgerEntry refused = agreed.refusedAt(place(3), null, 900);
    DocumentState.Present mended = document(3, "a", 2, "b", 7);
    RowValues now = row(70, "a", 3, "b", 1);
    assertThat(intoRow(now, mended, Optional.of(refused)))
        .as("what it would be without")
        .isEqualTo(write(NOW, false, Map.of("a", Values.of(2), "b", Values.of(7))));

    LedgerEntry ours = World.MERGE.withAttempts(refused, attempts, Map.of("a", Values.of(2)));

    assertThat(intoRow(now, mended, Optional.of(ours)))
        .isEqualTo(write(NOW, false, Map.of("b", Values.of(7))));
    assertThat(World.MERGE.withAttempts(refused, attempts, Map.of("a", Values.of(9))))
        .as("the application changed it again")
        .isEqualTo(refused);
  }

  @Test
  void aRefusalIsAsOldAsItsFirst() {
    LedgerEntry first = entry(1, 50, row(50, "a", 1)).orElseThrow().refusedAt(place(2), null, 900);

    assertThat(first.refusedAt(place(2), null, 950)).isEqualTo(first);
    assertThat(first.refusedAt(place(3), null, 950).knownAt()).isEqualTo(950);
  }

  /** It was carried since its index was replaced, and is gone before the ledger came to know it. */
  @Test
  void anEntryOfAnotherIndexHidesNothingThatWasCarried() {
    RowValues row = row(50, "a", 1);
    Optional<LedgerEntry> other = entry(1, 60, row).map(e -> e.at(new Place("before", 0, 1, 1)));
    Carries carries = Carries.NONE.plus(entry(3, 70, row).orElseThrow()).landed(place(3));

    RowDecision decision =
        World.MERGE.intoRow(row, gone(80), other, carries, Attempts.NONE, NOW).decision();
    assertThat(decision).isEqualTo(new RowDecision.Delete(80));
  }
}
