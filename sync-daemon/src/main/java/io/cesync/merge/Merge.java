package io.cesync.merge;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.mapping.TableMapping;
import io.cesync.merge.Columns.Column;
import io.cesync.merge.DocumentState.Absent;
import io.cesync.merge.DocumentState.Present;
import io.cesync.row.RowValues;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The three-way merge of a row, its document, and what both said when they last agreed. First the
 * document's changes go into the row ({@link #intoRow}), which Cassandra merges cell by cell; then,
 * with the row read again, the document becomes what the row is ({@link #intoDocument}). Immutable,
 * thread-safe.
 *
 * <p>An entry of the ledger that was made for another index says nothing about this one's
 * documents, and is passed over: an index restored from a backup has old values, not changed ones.
 */
public final class Merge {

  private static final RowDecision UNTOUCHED = new RowDecision.Nothing();
  private static final DocumentDecision AGREED = new DocumentDecision.Nothing();

  private final Columns columns;

  /** For one version of a table's schema. */
  public Merge(TableMapping mapping) {
    this(new Columns(mapping.columns()));
  }

  Merge(Columns columns) {
    this.columns = columns;
  }

  /**
   * What the document's change, if it has one, means for the row.
   *
   * <p>A field counts as changed if it isn't what the ledger has, or, without an entry, if it is
   * there at all. A change is as old as the document's {@code _timestamp} if that was advanced past
   * the ledger's, or if there is no entry; else as {@code detectedAt}. What the row has already,
   * and what it has newer, isn't written. A collection's elements have times of their own, which
   * Cassandra compares, so it is written whenever it differs.
   *
   * <p>A document that is gone though the ledger has it deletes the row at the last time it is
   * known to have existed, which is at least the time of the last change that it had.
   *
   * <p>Tables with counters are never written.
   *
   * @param detectedAt µs since 1970: the time of a change that has none of its own
   */
  public RowDecision intoRow(
      RowValues row, DocumentState document, Optional<LedgerEntry> entry, long detectedAt) {
    if (columns.hasCounters()) {
      return UNTOUCHED;
    }
    LedgerEntry agreed = agreed(document, entry);
    if (document instanceof Present present) {
      return agreed != null && agreed.place().isSameWrite(present.place())
          ? UNTOUCHED
          : write(row, present, agreed, detectedAt);
    } else if (document instanceof Absent absent && agreed != null) {
      return delete(row, absent, agreed);
    }
    return UNTOUCHED;
  }

  private RowDecision write(RowValues row, Present document, LedgerEntry agreed, long detectedAt) {
    long time = time(document, agreed, detectedAt);
    Map<String, ByteBuffer> cells = new LinkedHashMap<>();
    for (Column column : columns.values()) {
      ByteBuffer value = document.values().get(column.name());
      if (isChanged(column, value, agreed)
          && !column.isSame(value, row.value(column.name()))
          && !isNewer(row, column, time)) {
        cells.put(column.name(), value);
      }
    }
    boolean insert = needsInsert(row, cells, agreed == null);
    return cells.isEmpty() && !insert ? UNTOUCHED : new RowDecision.Write(cells, time, insert);
  }

  private static long time(Present document, LedgerEntry agreed, long detectedAt) {
    long own = document.timestamp().orElse(Long.MIN_VALUE);
    boolean isTold =
        document.timestamp().isPresent() && (agreed == null || own > agreed.timestamp());
    return isTold ? own : detectedAt;
  }

  private static boolean isChanged(Column column, ByteBuffer value, LedgerEntry agreed) {
    return agreed == null
        ? value != null
        : !Objects.equals(column.digest(value), agreed.digests().get(column.name()));
  }

  private static boolean isNewer(RowValues row, Column column, long time) {
    return !column.mapping().isMultiCell()
        && !row.isNull(column.name())
        && row.writeTime(column.name()) > time;
  }

  /**
   * A document exists whatever its fields; a row that was made by updates only as long as it has a
   * column. A row that is gone though the ledger had it was deleted: that stands unless the
   * document has something new.
   */
  private boolean needsInsert(RowValues row, Map<String, ByteBuffer> cells, boolean isNew) {
    boolean sets = false;
    boolean clears = false;
    boolean keeps = false;
    for (Column column : columns.values()) {
      if (column.isRegular()) {
        boolean written = cells.containsKey(column.name());
        sets |= written && cells.get(column.name()) != null;
        clears |= written && cells.get(column.name()) == null;
        keeps |= !written && row.value(column.name()) != null;
      }
    }
    return row.present() ? clears && !sets && !keeps : isNew || sets;
  }

  private RowDecision delete(RowValues row, Absent document, LedgerEntry agreed) {
    long time = Math.max(Math.max(document.knownAt(), agreed.knownAt()), agreed.timestamp());
    return row.present() && !isNewer(row, time) ? new RowDecision.Delete(time) : UNTOUCHED;
  }

  /**
   * Whether every column that isn't null is surely newer, so that a delete would leave them all.
   */
  private boolean isNewer(RowValues row, long time) {
    boolean any = false;
    for (Column column : columns.values()) {
      if (column.isRegular() && row.value(column.name()) != null) {
        any = true;
        if (!isNewer(row, column, time)) {
          return false;
        }
      }
    }
    return any;
  }

  /**
   * What the document is to become, now that its changes, if it had any, are in the row.
   *
   * @param row as read after that
   * @param atLeast µs since 1970: a write that is known of but that the row's columns may not show,
   *     such as a null; 0 if none is
   */
  public DocumentDecision intoDocument(
      RowValues row, DocumentState document, Optional<LedgerEntry> entry, long atLeast) {
    LedgerEntry agreed = agreed(document, entry);
    if (document instanceof Present present) {
      return of(row, present, agreed, atLeast);
    } else if (document instanceof Absent) {
      if (row.present()) {
        return create(row, agreed, atLeast);
      }
      return entry.isPresent() ? new DocumentDecision.Forget() : AGREED;
    }
    return agreed == null ? ofUnknown(row, atLeast) : ofUnread(row, agreed, atLeast);
  }

  /**
   * What is to become of a document that is never written: the ledger gets what it says, so that
   * only what changes next is taken for a change.
   */
  public DocumentDecision untouched(DocumentState document, Optional<LedgerEntry> entry) {
    LedgerEntry agreed = agreed(document, entry);
    if (document instanceof Present present) {
      Map<String, Long> digests = columns.digests(present.values());
      Place place = place(present, agreed);
      long own = Math.max(present.timestamp().orElse(0), 0);
      return agreed != null && agreed.place().equals(place) && agreed.digests().equals(digests)
          ? AGREED
          : new DocumentDecision.Correct(
              place,
              present.routing(),
              agreed == null ? own : Math.max(own, agreed.timestamp()),
              digests);
    }
    return document instanceof Absent && entry.isPresent() ? new DocumentDecision.Forget() : AGREED;
  }

  private DocumentDecision of(RowValues row, Present document, LedgerEntry agreed, long atLeast) {
    if (!row.present()) {
      return new DocumentDecision.Remove(document.place(), document.routing());
    }
    Place place = place(document, agreed);
    Map<String, Long> digests = columns.digests(row);
    long own = document.timestamp().orElse(Long.MIN_VALUE);
    if (!columns.areSame(row, document.values())) {
      long time = Math.max(timeOf(row, agreed, atLeast), own);
      return new DocumentDecision.Replace(place, document.routing(), time, digests);
    }
    if (agreed != null && agreed.place().equals(place) && agreed.digests().equals(digests)) {
      return AGREED;
    }
    long time = Math.max(Math.max(row.newestWriteTime(), own), atLeast);
    return new DocumentDecision.Correct(
        place,
        document.routing(),
        agreed == null ? time : Math.max(time, agreed.timestamp()),
        digests);
  }

  /** Which shard a document is in never changes, unless its routing does. */
  private static Place place(Present document, LedgerEntry agreed) {
    boolean isKnown = agreed != null && Objects.equals(agreed.routing(), document.routing());
    return isKnown ? document.place().orShardOf(agreed.place()) : document.place();
  }

  private DocumentDecision ofUnknown(RowValues row, long atLeast) {
    // Without a row there may still be a document: one that was written just before a crash.
    return row.present() ? create(row, null, atLeast) : new DocumentDecision.Read();
  }

  private DocumentDecision create(RowValues row, LedgerEntry agreed, long atLeast) {
    return new DocumentDecision.Create(timeOf(row, agreed, atLeast), columns.digests(row));
  }

  private DocumentDecision ofUnread(RowValues row, LedgerEntry agreed, long atLeast) {
    if (!row.present()) {
      return new DocumentDecision.Remove(agreed.place(), agreed.routing());
    }
    Map<String, Long> digests = columns.digests(row);
    return digests.equals(agreed.digests())
        ? AGREED
        : new DocumentDecision.Replace(
            agreed.place(), agreed.routing(), timeOf(row, agreed, atLeast), digests);
  }

  /**
   * Always past the ledger's: should the ledger not learn of this write, then what was written
   * isn't taken for a change of the moment when it is found, which would undo newer ones.
   */
  private static long timeOf(RowValues row, LedgerEntry agreed, long atLeast) {
    long time = Math.max(Math.max(row.newestWriteTime(), atLeast), 0);
    return agreed == null ? time : Math.max(time, agreed.timestamp() + 1);
  }

  /** The counters that the document has changed, in vain: they are put right from the row. */
  public List<String> refusedCounters(
      RowValues row, Present document, Optional<LedgerEntry> entry) {
    LedgerEntry agreed = agreed(document, entry);
    return columns.values().stream()
        .filter(Column::isCounter)
        .filter(c -> isChanged(c, document.values().get(c.name()), agreed))
        .filter(c -> !c.isSame(row.value(c.name()), document.values().get(c.name())))
        .map(Column::name)
        .toList();
  }

  private static LedgerEntry agreed(DocumentState document, Optional<LedgerEntry> entry) {
    return entry.filter(e -> e.place().era().equals(document.era())).orElse(null);
  }
}
