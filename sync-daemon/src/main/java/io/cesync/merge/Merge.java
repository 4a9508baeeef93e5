package io.cesync.merge;

import static java.util.stream.Collectors.toSet;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.mapping.TableMapping;
import io.cesync.merge.Columns.Column;
import io.cesync.merge.DocumentState.Absent;
import io.cesync.merge.DocumentState.Carried;
import io.cesync.merge.DocumentState.Marked;
import io.cesync.merge.DocumentState.Present;
import io.cesync.row.RowValues;
import io.cesync.row.RowView;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

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
  private static final Known NOTHING_KNOWN = new Known(null, Attempts.NONE);

  /** Microseconds that repeating a write may have added to its time. */
  private static final long MOMENT = 1_000;

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
   * known to have existed, which is at least the time of the last change that it had. Not so if it
   * was refused from the start: the row has never had anything to do with it.
   *
   * <p>A document that says that it is deleted deletes the row at the time of that change.
   *
   * <p>What a document that was refused has changed is news still, since both sides agreed before.
   *
   * <p>Tables with counters are never written.
   *
   * <p>Earlier writes of the document may have been brought to the row though the ledger knows none
   * of them. What each of those changed and the document still says is no change of now: it goes
   * into the row as of then, and at last what has changed since.
   *
   * @param carries these writes
   * @param attempts what cesync may have written since the ledger's entry; that is no change
   * @param detectedAt µs since 1970: the time of a change that has none of its own
   * @return the first thing that the row needs; then to be asked again
   */
  public RowChange intoRow(
      RowValues row,
      DocumentState document,
      Optional<LedgerEntry> entry,
      Carries carries,
      Attempts attempts,
      long detectedAt) {
    if (columns.hasCounters()) {
      return new RowChange(UNTOUCHED, null);
    } else if (document instanceof Present present) {
      return carries.hasLanded(present.place())
          ? new RowChange(UNTOUCHED, present.place())
          : write(row, present, entry, carries, attempts, detectedAt);
    } else if (document instanceof Marked marked) {
      LedgerEntry before = agreed(document, carries.lastBefore(marked.place(), entry));
      long time = time(marked.timestamp(), known(before, attempts, document), detectedAt);
      boolean isKnown = carries.hasLanded(marked.place()) || hasAgreed(before, marked.place());
      return new RowChange(isKnown ? UNTOUCHED : delete(row, time), marked.place());
    } else if (document instanceof Absent absent && attempts.deletes().isEmpty()) {
      // It may be gone before the ledger came to know it.
      Optional<LedgerEntry> last = Optional.ofNullable(carries.last());
      Optional<LedgerEntry> once = entry.filter(LedgerEntry::wasAgreed);
      LedgerEntry agreed =
          Optional.ofNullable(agreed(document, once)).orElse(agreed(document, last));
      if (agreed != null) {
        long known = Math.max(absent.knownAt(), agreed.knownAt());
        return new RowChange(delete(row, Math.max(known, agreed.timestamp())), null);
      }
    }
    return new RowChange(UNTOUCHED, null);
  }

  private RowChange write(
      RowValues row,
      Present document,
      Optional<LedgerEntry> entry,
      Carries carries,
      Attempts attempts,
      long detectedAt) {
    Optional<LedgerEntry> before = entry;
    Set<String> unsure = new HashSet<>();
    for (LedgerEntry carry : carries.between(entry, document.place())) {
      Known known = known(agreed(document, before), attempts, document);
      if (!carries.hasLanded(carry.place())) {
        Predicate<Column> isStill = column -> saysStill(document, carry, column);
        RowDecision again = write(row, document, known, isStill, unsure, carry.timestamp());
        if (again instanceof RowDecision.Write) {
          return new RowChange(again, carry.place());
        }
      }
      unsure.addAll(changedSince(document, carry, known));
      before = Optional.of(carry);
    }
    LedgerEntry agreed = agreed(document, before);
    Known known = known(agreed, attempts, document);
    long time = time(document.timestamp(), known, detectedAt);
    return new RowChange(
        hasAgreed(agreed, document.place())
            ? UNTOUCHED
            : write(row, document, known, any -> true, unsure, time),
        document.place());
  }

  private static boolean saysStill(Present document, LedgerEntry carry, Column column) {
    return Objects.equals(
        column.digest(document.values().get(column.name())), carry.digests().get(column.name()));
  }

  /**
   * The columns that were to get something else than what the document says now, which may still
   * come to the row: a write that failed may have been stored.
   */
  private Set<String> changedSince(Present document, LedgerEntry carry, Known before) {
    return columns.values().stream()
        .filter(column -> !saysStill(document, carry, column))
        .filter(column -> isChanged(column, carry.digests().get(column.name()), before.agreed))
        .map(Column::name)
        .collect(toSet());
  }

  /** What a ledger's entry has of a document. */
  public Map<String, Long> digests(Present document) {
    return columns.digests(document.values());
  }

  /**
   * Whether a document that the ledger doesn't know may be written without knowing its row. Not if
   * the elements of a collection would be there twice, or if other rows share columns with it.
   */
  public boolean writesUnseen() {
    return columns.values().stream()
        .allMatch(c -> c.isRegular() && !c.isCounter() && !c.mapping().isMultiCell());
  }

  /**
   * The same as {@link #intoRow} for a document that has no entry, and a row that isn't known: all
   * that the document says, and what is newer stays. Only where {@link #writesUnseen}.
   */
  public RowDecision.Write intoNew(Present document, long detectedAt) {
    Map<String, ByteBuffer> cells = new LinkedHashMap<>();
    for (Column column : columns.values()) {
      ByteBuffer value = document.values().get(column.name());
      if (value != null) {
        cells.put(column.name(), value);
      }
    }
    return new RowDecision.Write(
        cells, time(document.timestamp(), NOTHING_KNOWN, detectedAt), true);
  }

  /**
   * What is to be remembered of a document that was written to its row as a whole, until the row is
   * read. Empty if that isn't enough to tell whether the two say the same.
   *
   * @param digests of it
   */
  public Optional<DocumentState.Carried> carried(Present document, Map<String, Long> digests) {
    return columns.hasKey(document.values())
        ? Optional.of(
            new DocumentState.Carried(
                document.place(),
                document.routing(),
                document.timestamp(),
                columns.digest(digests)))
        : Optional.empty();
  }

  /**
   * What cesync knows of what a document was.
   *
   * @param agreed null if there is no entry
   */
  private record Known(LedgerEntry agreed, Attempts attempts) {
    boolean isNothing() {
      return agreed == null && attempts.writes().isEmpty();
    }

    long timestamp() {
      long attempted = attempts.timestamp();
      return agreed == null ? attempted : Math.max(agreed.timestamp(), attempted);
    }
  }

  private static boolean hasAgreed(LedgerEntry agreed, Place place) {
    return agreed != null && agreed.hasAgreed(place);
  }

  private static Known known(LedgerEntry agreed, Attempts attempts, DocumentState document) {
    boolean never = agreed == null || !agreed.wasAgreed();
    return new Known(never ? null : agreed, attempts.in(document.era()));
  }

  /**
   * @param unsure columns that may still get an older value, even if the row says what the document
   *     does
   */
  private RowDecision write(
      RowValues row,
      Present document,
      Known known,
      Predicate<Column> isWritten,
      Set<String> unsure,
      long time) {
    Map<String, ByteBuffer> cells = new LinkedHashMap<>();
    for (Column column : columns.values()) {
      ByteBuffer value = document.values().get(column.name());
      if (isWritten.test(column)
          && isChanged(column, value, known.agreed)
          && !known.attempts.wrote(column.name(), column.digest(value))
          && (unsure.contains(column.name()) || !column.isSame(value, row.value(column.name())))
          && !isNewer(row, column, time)) {
        cells.put(column.name(), value);
      }
    }
    boolean insert = needsInsert(row, cells, known.isNothing());
    return cells.isEmpty() && !insert
        ? UNTOUCHED
        : new RowDecision.Write(cells, pastLists(row, cells, time), insert);
  }

  /**
   * A list that is written twice at one time has its elements twice: each write makes cells of its
   * own, and deletes only what is older. So if the row may have some of that time, from before a
   * crash say, the list is written a moment later.
   */
  private long pastLists(RowValues row, Map<String, ByteBuffer> cells, long time) {
    long later = time;
    for (Column column : columns.values()) {
      if (column.isList() && cells.containsKey(column.name()) && !row.isNull(column.name())) {
        long newest = row.writeTime(column.name());
        if (newest == RowView.UNKNOWN || newest >= time + MOMENT) {
          later = Math.max(later, time + 1);
        } else if (newest >= time) {
          later = Math.max(later, newest + 1);
        }
      }
    }
    return later;
  }

  /**
   * A time of its own that is no newer than what is known was left as it was. But what cesync tried
   * to write to a document that it doesn't know says nothing of that one's time: it may never have
   * taken place, since the document was there before.
   */
  private static long time(OptionalLong told, Known known, long detectedAt) {
    long own = told.orElse(Long.MIN_VALUE);
    if (told.isPresent() && (known.isNothing() || own > known.timestamp())) {
      return own;
    }
    return known.agreed == null ? Math.max(own, detectedAt) : detectedAt;
  }

  private static boolean isChanged(Column column, ByteBuffer value, LedgerEntry agreed) {
    return isChanged(column, column.digest(value), agreed);
  }

  /**
   * @param digest null for null
   */
  private static boolean isChanged(Column column, Long digest, LedgerEntry agreed) {
    return !Objects.equals(digest, agreed == null ? null : agreed.digests().get(column.name()));
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

  private RowDecision delete(RowValues row, long time) {
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
    } else if (document instanceof Marked marked) {
      return of(row, marked, agreed, atLeast);
    } else if (document instanceof Carried carried) {
      return of(row, carried, agreed, atLeast);
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
   *
   * @param row as for {@link #intoDocument}
   */
  public DocumentDecision untouched(
      RowValues row, DocumentState document, Optional<LedgerEntry> entry) {
    LedgerEntry agreed = agreed(document, entry);
    if (document instanceof Present present) {
      Map<String, Long> digests = columns.digests(present.values());
      return remember(present.place(), present.routing(), present.timestamp(), digests, agreed);
    } else if (document instanceof Carried carried) {
      Map<String, Long> digests = columns.digests(row);
      return isSame(row, digests, carried)
          ? remember(carried.place(), carried.routing(), carried.timestamp(), digests, agreed)
          : new DocumentDecision.Read();
    } else if (document instanceof Marked marked) {
      // Should the mark be taken away, all that it says then is new.
      return remember(marked.place(), marked.routing(), marked.timestamp(), Map.of(), agreed);
    }
    return document instanceof Absent && entry.isPresent() ? new DocumentDecision.Forget() : AGREED;
  }

  private DocumentDecision of(RowValues row, Present document, LedgerEntry agreed, long atLeast) {
    if (!row.present()) {
      return new DocumentDecision.Remove(document.place(), document.routing());
    }
    Place place = place(document.place(), document.routing(), agreed);
    Map<String, Long> digests = columns.digests(row);
    long own = document.timestamp().orElse(Long.MIN_VALUE);
    if (!columns.areSame(row, document.values())) {
      long time = Math.max(timeOf(row, agreed, atLeast), own);
      return new DocumentDecision.Replace(place, document.routing(), time, digests);
    }
    return correct(row, place, document.routing(), own, digests, agreed, atLeast);
  }

  private DocumentDecision of(RowValues row, Carried document, LedgerEntry agreed, long atLeast) {
    Map<String, Long> digests = columns.digests(row);
    if (!isSame(row, digests, document)) {
      return new DocumentDecision.Read();
    }
    long own = document.timestamp().orElse(Long.MIN_VALUE);
    Place place = place(document.place(), document.routing(), agreed);
    return correct(row, place, document.routing(), own, digests, agreed, atLeast);
  }

  private boolean isSame(RowValues row, Map<String, Long> digests, Carried document) {
    return row.present() && columns.digest(digests) == document.digest();
  }

  /** The document is what the row is. */
  private static DocumentDecision correct(
      RowValues row,
      Place place,
      String routing,
      long own,
      Map<String, Long> digests,
      LedgerEntry agreed,
      long atLeast) {
    if (isWhatIsKnown(agreed, place, digests)) {
      return AGREED;
    }
    long time = Math.max(Math.max(row.newestWriteTime(), own), atLeast);
    return new DocumentDecision.Correct(
        place, routing, agreed == null ? time : Math.max(time, agreed.timestamp()), digests);
  }

  /** If the row has outlived the delete, the document becomes what is left of it. */
  private DocumentDecision of(RowValues row, Marked document, LedgerEntry agreed, long atLeast) {
    if (!row.present()) {
      return new DocumentDecision.Remove(document.place(), document.routing());
    }
    long own = document.timestamp().orElse(Long.MIN_VALUE);
    return new DocumentDecision.Replace(
        document.place(),
        document.routing(),
        Math.max(timeOf(row, agreed, atLeast), own),
        columns.digests(row));
  }

  private static DocumentDecision remember(
      Place read,
      String routing,
      OptionalLong timestamp,
      Map<String, Long> digests,
      LedgerEntry agreed) {
    Place place = place(read, routing, agreed);
    if (isWhatIsKnown(agreed, place, digests)) {
      return AGREED;
    }
    long own = Math.max(timestamp.orElse(0), agreed == null ? 0 : agreed.timestamp());
    return new DocumentDecision.Correct(place, routing, Math.max(own, 0), digests);
  }

  private static boolean isWhatIsKnown(LedgerEntry agreed, Place place, Map<String, Long> digests) {
    return agreed != null
        && !agreed.refused()
        && agreed.place().equals(place)
        && agreed.digests().equals(digests);
  }

  /** Which shard a document is in never changes, unless its routing does. */
  private static Place place(Place read, String routing, LedgerEntry agreed) {
    boolean isKnown = agreed != null && Objects.equals(agreed.routing(), routing);
    return isKnown ? read.orShardOf(agreed.place()) : read;
  }

  private DocumentDecision ofUnknown(RowValues row, long atLeast) {
    // Without a row there may still be a document: one that was written just before a crash.
    return row.present() ? create(row, null, atLeast) : new DocumentDecision.Read();
  }

  private DocumentDecision create(RowValues row, LedgerEntry agreed, long atLeast) {
    return new DocumentDecision.Create(timeOf(row, agreed, atLeast), columns.digests(row));
  }

  private DocumentDecision ofUnread(RowValues row, LedgerEntry agreed, long atLeast) {
    if (agreed.refused()) {
      // Else a change that nobody has taken over would be overwritten, or deleted.
      return new DocumentDecision.Read();
    }
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

  /**
   * A refused document's entry with what cesync itself wrote to it before: that must not be taken
   * for a change once the document is acceptable, when nobody remembers the attempts.
   *
   * @param values of the document that can be read, by column; null where it says nothing
   */
  public LedgerEntry withAttempts(
      LedgerEntry refused, Attempts attempts, Map<String, ByteBuffer> values) {
    Attempts ours = attempts.in(refused.place().era());
    Map<String, Long> digests = new HashMap<>(refused.digests());
    boolean any = false;
    for (Column column : columns.values()) {
      if (values.containsKey(column.name())) {
        Long digest = column.digest(values.get(column.name()));
        if (ours.wrote(column.name(), digest)) {
          any |= digest != null;
          digests.remove(column.name());
          if (digest != null) {
            digests.put(column.name(), digest);
          }
        }
      }
    }
    return any ? refused.agreedOn(digests, ours.timestamp()) : refused;
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

  /** Whether one of these cells is of a list, which must not be written twice at one time. */
  public boolean hasList(Map<String, ByteBuffer> cells) {
    return columns.values().stream().anyMatch(c -> c.isList() && cells.containsKey(c.name()));
  }

  private static LedgerEntry agreed(DocumentState document, Optional<LedgerEntry> entry) {
    return entry.filter(e -> e.place().era().equals(document.era())).orElse(null);
  }
}
