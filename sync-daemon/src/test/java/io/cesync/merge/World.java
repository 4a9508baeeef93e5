package io.cesync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.type.DataTypes;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.ColumnMapping.Role;
import io.cesync.row.RowValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A row, its document, the ledger, and what brings them together, one step after the other. */
final class World {

  static final List<String> COLUMNS = List.of("a", "b", "s", "m");

  static final Merge MERGE =
      new Merge(
          new Columns(
              List.of(
                  new ColumnMapping("k", "k", DataTypes.INT, Role.PARTITION_KEY),
                  new ColumnMapping("a", "a", DataTypes.INT, Role.REGULAR),
                  new ColumnMapping("b", "b", DataTypes.INT, Role.REGULAR),
                  new ColumnMapping("s", "s", DataTypes.INT, Role.STATIC),
                  new ColumnMapping("m", "m", DataTypes.setOf(DataTypes.INT), Role.REGULAR))));

  /** For a document of which no write was carried yet. */
  static RowDecision intoRow(
      RowValues row,
      DocumentState document,
      Optional<LedgerEntry> entry,
      Attempts attempts,
      long detectedAt) {
    return MERGE.intoRow(row, document, entry, Carries.NONE, attempts, detectedAt).decision();
  }

  final ModelRow row = new ModelRow();
  final ModelIndex index = new ModelIndex();
  Optional<LedgerEntry> ledger = Optional.empty();

  /** What cesync wrote to the document without the ledger knowing; a crash forgets it. */
  Attempts attempts = Attempts.NONE;

  int ledgerWrites;

  /** Microseconds; it goes on by itself with every step. */
  long clock = 1_000_000;

  /** The times that changes without one of their own were taken for. */
  final List<Long> detections = new ArrayList<>();

  /** One reconciliation, which may be left at any step as a crash would. */
  final class Flight {
    private boolean readsDocument;
    private int step;
    private RowValues seen;
    private DocumentState document;
    private Optional<LedgerEntry> entry = Optional.empty();
    private RowDecision change;
    private Runnable ledgerWrite;

    Flight(boolean readsDocument) {
      this.readsDocument = readsDocument;
    }

    /** Goes a step further; false if there was none left. */
    boolean step() {
      clock += 10;
      switch (step++) {
        case 0 -> {
          seen = row.read();
          entry = ledger;
          attempts = attempts.since(entry);
          readsDocument |= !attempts.isEmpty();
          document = readsDocument ? index.read() : new DocumentState.Unread(ModelIndex.UUID);
          detections.add(clock);
          change = intoRow(seen, document, entry, attempts, clock);
        }
        case 1 -> {
          if (change instanceof RowDecision.Write write) {
            row.write(write.cells(), write.timestamp(), write.insert());
          } else if (change instanceof RowDecision.Delete delete) {
            row.delete(delete.timestamp());
          }
        }
        case 2 -> seen = row.read();
        case 3 -> write(MERGE.intoDocument(seen, document, entry, 0));
        case 4 -> {
          if (ledgerWrite != null) {
            ledgerWrites++;
            ledgerWrite.run();
          }
          attempts = Attempts.NONE;
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private void write(DocumentDecision decision) {
      ledgerWrite = null;
      boolean taken = true;
      Attempts before = attempts;
      Map<String, ByteBuffer> values = new HashMap<>();
      COLUMNS.forEach(column -> values.put(column, seen.value(column)));
      values.put("k", seen.value("k"));
      if (decision instanceof DocumentDecision.Read) {
        taken = false;
      } else if (decision instanceof DocumentDecision.Create create) {
        taken = index.create(values, create.timestamp());
        agree(new Place(ModelIndex.UUID, 0, -1, 0), create.timestamp(), create.digests());
      } else if (decision instanceof DocumentDecision.Replace replace) {
        taken = index.replace(replace.expected(), values, replace.timestamp());
        agree(replace.expected(), replace.timestamp(), replace.digests());
      } else if (decision instanceof DocumentDecision.Remove remove) {
        taken = index.delete(remove.expected());
        attempts = attempts.plus(remove.expected());
        ledgerWrite = () -> ledger = Optional.empty();
      } else if (decision instanceof DocumentDecision.Correct correct) {
        LedgerEntry correction =
            new LedgerEntry(
                "7", null, correct.place(), correct.timestamp(), correct.digests(), clock);
        ledgerWrite = () -> ledger = Optional.of(correction);
      } else if (decision instanceof DocumentDecision.Forget) {
        ledgerWrite = () -> ledger = Optional.empty();
      }
      if (!taken) {
        attempts = before;
        ledgerWrite = null;
        readsDocument = true;
        step = 0;
      }
    }

    private void agree(Place before, long timestamp, Map<String, Long> digests) {
      LedgerEntry agreed = new LedgerEntry("7", null, index.last(), timestamp, digests, clock);
      ledgerWrite = () -> ledger = Optional.of(agreed);
      attempts = attempts.plus(agreed.at(before));
    }

    void finish() {
      while (step()) {}
    }
  }

  void reconcile() {
    new Flight(true).finish();
  }

  /** So many writes to Cassandra, to the index, and to the ledger. */
  List<Integer> writes() {
    return List.of(row.writes, index.writes, ledgerWrites);
  }

  /** The application's change of some fields of the document, the others staying. */
  void update(Map<String, ByteBuffer> fields, OptionalLong timestamp) {
    Map<String, ByteBuffer> values = new HashMap<>(index.exists() ? index.values() : Map.of());
    values.put("k", ModelRow.KEY);
    values.putAll(fields);
    index.put(values, timestamp);
  }

  /** Reconciles until that changes nothing, which may not take long; then both sides are equal. */
  void settle() {
    List<Integer> before = null;
    for (int i = 0; i < 4 && !writes().equals(before); i++) {
      before = writes();
      reconcile();
    }
    assertThat(writes()).as("writes in Cassandra, the index, the ledger").isEqualTo(before);
    new Flight(false).finish();
    assertThat(writes()).as("without reading the document").isEqualTo(before);
    assertEqual();
  }

  private void assertEqual() {
    RowValues now = row.read();
    assertThat(index.exists()).isEqualTo(now.present());
    assertThat(index.isMarked()).isFalse();
    assertThat(ledger.isPresent()).isEqualTo(now.present());
    if (now.present()) {
      Map<String, ByteBuffer> values = new HashMap<>();
      index.values().forEach(values::put);
      assertThat(values).isEqualTo(((ModelRow.Read) now).values());
    }
  }

  /** A value as both sides have it. */
  ByteBuffer value(String column) {
    return row.read().value(column);
  }
}
