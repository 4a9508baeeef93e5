package io.cesync.sync;

import io.cesync.changelog.Entry;
import io.cesync.changelog.Operation;
import io.cesync.document.LedgerNumbers;
import io.cesync.document.StoredDocument;
import io.cesync.intents.IntentLog;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.merge.Attempts;
import io.cesync.merge.Carries;
import io.cesync.row.RowKey;
import io.cesync.row.RowView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A key that has to be brought over, with what its entries say. Entries for a key that waits
 * already are merged into it. Confined to the loop's thread, except while in flight, when only the
 * flight uses it.
 */
final class Pending {

  /** The time that the first group of entries may span, in milliseconds. */
  private static final long GROUP_MILLIS = 30_000;

  /** More different writes than this to one key at a time are not told apart. */
  private static final int MOST_EXPECTED = 16;

  /** No entry stands behind it: a row of the snapshot, or a document without a row. */
  static final long NO_ENTRY = Long.MAX_VALUE;

  final RowKey key;
  final List<Expected> expected = new ArrayList<>(1);

  /**
   * Of the entries merged here whose writes may not be on the other side yet, in milliseconds;
   * {@link #NO_ENTRY} if none.
   */
  long oldestEntry = NO_ENTRY;

  long newestEntry = Long.MIN_VALUE;

  /**
   * The oldest of the entries that came since it was brought over last; {@link #NO_ENTRY} if it is
   * only looked at again.
   */
  long oldestUnbrought = NO_ENTRY;

  /** When it was taken: its row is read after that. */
  long takenAt;

  /**
   * The entries in two groups, so that the position moves on though new ones keep coming for a key:
   * those up to here, and later ones.
   */
  private long newestOfFirst = Long.MIN_VALUE;

  private long oldestOfRest = NO_ENTRY;

  /**
   * The document's version is to be at least this: an entry's write time, or a version that the
   * server has.
   */
  long leastVersion;

  /** Write all documents of the partition. Only for whole partitions. */
  boolean rewrite;

  /** Remove the documents of the partition that have no row. Only for whole partitions. */
  boolean prune;

  /** What the last look wrote, a digest for each page. Only for whole partitions. */
  List<byte[]> pages = List.of();

  long dueAt;
  int attempt;

  /** When the last refresh of the index was asked for that is done; only for whole partitions. */
  long refreshedAt = Long.MIN_VALUE;

  /** In the worklist's queue of those that are due. */
  boolean queued;

  /** Where it is in its {@link PendingSet}. */
  int slot;

  /** In the queue of those that are so urgent; null if it isn't {@link #queued} as a row. */
  Urgency queuedAs;

  /** Failures of the row itself, not of a server. */
  int failures;

  /** A second look that nothing waits for. */
  boolean recheck;

  /**
   * What was written when it was looked at last, or null. A look that finds the same writes
   * nothing.
   */
  byte[] written;

  /**
   * All columns of the row that was read last were at least so new, in microseconds; {@link
   * RowView#UNKNOWN} if one was null or can't tell.
   */
  long shown = RowView.UNKNOWN;

  /** Something says that its document has changed: it must be read. Only for two-way tables. */
  boolean readsDocument;

  /** Where its document is missing that the ledger has there, or null. */
  LedgerNumbers.Entry missed;

  /** The last of its document's writes that a search found unknown to the ledger, or null. */
  Place foundAt;

  /**
   * The document as a search found it, with its source; null if it has to be read. It may have
   * changed since.
   */
  StoredDocument found;

  /** What that document says, as far as it was read. */
  DocumentStates.Understood understood;

  /** It is to be written to the row before that is read; see {@link FreshDocuments}. */
  boolean fresh;

  /** The document's own routing as a search found it, or null. */
  String routing;

  /** The document's shard as a search found it, or {@link Place#UNKNOWN_SHARD}. */
  int shard = Place.UNKNOWN_SHARD;

  /**
   * The latest sequence number of the document that was noticed, and when that was, in
   * microseconds: after it was written, so that it isn't taken for older than it is.
   */
  private long detected = -1;

  private long detectedAt;

  /**
   * Until when the document is known to have existed; in microseconds, {@link Long#MIN_VALUE} for
   * unknown.
   */
  long existedAt = Long.MIN_VALUE;

  /** Writes of the document that were, or may have been, written to the row. */
  Carries carries = Carries.NONE;

  /** What cesync may have written to the document though the ledger doesn't know it. */
  Attempts attempts = Attempts.NONE;

  /** The last of these writes that was noted; null if there is none. */
  TableIntents.Noted noted;

  /**
   * The document was changed after this, in milliseconds; {@link #NO_ENTRY} if that is not known.
   */
  long changedAfter = NO_ENTRY;

  /** The document says that it comes from Cassandra, and such ones are to be passed over. */
  boolean ofCassandra;

  /** How many counters the document had changed when it was looked at last. */
  int refusedCounters;

  /** How often writing the row failed, or was not answered. */
  int failedWrites;

  /** Lists are written at later times than this, µs since 1970: a write of then may still come. */
  long listsAfter = Long.MIN_VALUE;

  private Runnable whenDone;
  private Runnable whenLetGo;
  private Runnable whenSettled;

  Pending(RowKey key) {
    this.key = key;
  }

  void add(Entry entry) {
    addEntryOf(entry.millis());
    if (entry.hasWriteTime()) {
      leastVersion = Math.max(leastVersion, entry.writeTime());
    }
    expect(Expected.of(entry));
    switch (entry.operation()) {
      case STATIC -> rewrite = true;
      case UPDATE_PARTITION, EXPIRE, INSERT, UPDATE -> {
        rewrite = true;
        prune = true;
      }
      case DELETE, DELETE_RANGE, DELETE_PARTITION -> prune = true;
    }
  }

  /** An entry of that time is behind it. */
  void addEntryOf(long millis) {
    addGroup(millis, millis);
    newestEntry = Math.max(newestEntry, millis);
    oldestUnbrought = Math.min(oldestUnbrought, millis);
  }

  private void addGroup(long oldest, long newest) {
    if (oldest == NO_ENTRY) {
      return;
    }
    long start = Math.min(oldest, oldestEntry);
    long end = Math.max(newest, newestOfFirst);
    if (end - start <= GROUP_MILLIS) {
      oldestEntry = start;
      newestOfFirst = end;
    } else if (oldest < oldestEntry) {
      oldestOfRest = Math.min(oldestOfRest, oldestEntry);
      oldestEntry = oldest;
      newestOfFirst = newest;
    } else {
      oldestOfRest = Math.min(oldestOfRest, oldest);
    }
  }

  /**
   * It was brought over as it was read after {@link #takenAt}. That is final for entries which were
   * older than the late window then, whatever came since.
   */
  void brought(long lateWindow) {
    oldestUnbrought = NO_ENTRY;
    if (isFinal(takenAt, lateWindow)) {
      oldestEntry = oldestOfRest;
      newestOfFirst = oldestOfRest == NO_ENTRY ? Long.MIN_VALUE : newestEntry;
      oldestOfRest = NO_ENTRY;
    }
  }

  /** Whether it still has to be brought over because of what was there at that time. */
  boolean isBehind(long millis) {
    return !recheck && !isAfter(oldestEntry, millis) && !isAfter(oldestUnbrought, millis);
  }

  private static boolean isAfter(long entry, long millis) {
    return entry != NO_ENTRY && entry > millis;
  }

  /** Whether being brought over at that time is final for the first group of entries. */
  boolean isFinal(long at, long lateWindow) {
    return oldestEntry != NO_ENTRY && finalAt(lateWindow) <= at;
  }

  long finalAt(long lateWindow) {
    return newestOfFirst + lateWindow;
  }

  private void expect(Expected added) {
    if (expected.stream().anyMatch(e -> e.covers(added))) {
      return;
    }
    expected.removeIf(added::covers);
    if (expected.size() == MOST_EXPECTED) {
      expected.clear();
      expected.add(new Expected(added.operation(), added.columns(), added.nulled(), Entry.UNKNOWN));
      return;
    }
    expected.add(added);
  }

  /** Takes over what another one for the same key waits for. The earlier due time holds. */
  void merge(Pending other) {
    addGroup(other.oldestEntry, other.newestOfFirst);
    addGroup(other.oldestOfRest, other.newestEntry);
    newestEntry = Math.max(newestEntry, other.newestEntry);
    oldestUnbrought = Math.min(oldestUnbrought, other.oldestUnbrought);
    leastVersion = Math.max(leastVersion, other.leastVersion);
    rewrite |= other.rewrite;
    prune |= other.prune;
    pages = List.of();
    recheck &= other.recheck;
    refreshedAt = Math.max(refreshedAt, other.refreshedAt);
    dueAt = Math.min(dueAt, other.dueAt);
    attempt = Math.max(attempt, other.attempt);
    failures = Math.max(failures, other.failures);
    written = null;
    readsDocument |= other.readsDocument;
    found = last(found, other.found, Comparator.comparingLong(StoredDocument::seqNo));
    missed = other.missed == null ? missed : other.missed;
    if (foundAt == null || other.isFoundAfter(foundAt)) {
      foundAt = other.foundAt;
      understood = other.understood;
    }
    fresh = false;
    routing = other.routing == null ? routing : other.routing;
    shard = other.shard == Place.UNKNOWN_SHARD ? shard : other.shard;
    if (other.detected >= 0) {
      detected(other.detected, other.detectedAt);
    }
    carries = carries.and(other.carries);
    attempts = attempts.and(other.attempts);
    noted = other.noted == null ? noted : other.noted;
    changedAfter = Math.min(changedAfter, other.changedAfter);
    failedWrites = Math.max(failedWrites, other.failedWrites);
    listsAfter = Math.max(listsAfter, other.listsAfter);
    existedAt = Math.max(existedAt, other.existedAt);
    other.expected.forEach(this::expect);
    if (other.whenDone != null) {
      whenDone(other.whenDone);
    }
    if (other.whenLetGo != null) {
      whenLetGo(other.whenLetGo);
    }
    if (other.whenSettled != null) {
      whenSettled(other.whenSettled);
    }
  }

  /**
   * The document was read.
   *
   * @param at µs since 1970, after that
   * @return when it was noticed first as it is
   */
  long detected(long seqNo, long at) {
    if (seqNo > detected || (seqNo == detected && at < detectedAt)) {
      detected = seqNo;
      detectedAt = at;
    }
    return detectedAt;
  }

  private boolean isFoundAfter(Place place) {
    return foundAt != null && place.isBefore(foundAt);
  }

  /** The one that comes last, but for null, which comes first. */
  private static <T> T last(T one, T other, Comparator<T> order) {
    return one == null || (other != null && order.compare(one, other) < 0) ? other : one;
  }

  /** Runs something, on the loop's thread, once this is brought over or put aside. */
  void whenDone(Runnable action) {
    whenDone = both(whenDone, action);
  }

  /** Runs something, on the loop's thread, once nothing is kept of a found document's source. */
  void whenLetGo(Runnable action) {
    whenLetGo = both(whenLetGo, action);
  }

  /** The source of what was found is not needed any more. */
  void letGo() {
    found = null;
    if (whenLetGo != null) {
      whenLetGo.run();
      whenLetGo = null;
    }
  }

  private static Runnable both(Runnable first, Runnable second) {
    return first == null
        ? second
        : () -> {
          first.run();
          second.run();
        };
  }

  /** Runs something, on the loop's thread, once the ledger knows what became of all attempts. */
  void whenSettled(Runnable action) {
    whenSettled = both(whenSettled, action);
  }

  /** Where this write is noted; empty if it isn't, or others were since. */
  Optional<IntentLog.Open> notedFor(LedgerEntry write) {
    return noted != null && noted.entry().equals(write)
        ? Optional.of(noted.open())
        : Optional.empty();
  }

  /** The ledger says what the document is. */
  void settled() {
    owed().run();
  }

  /**
   * The ledger says what the document is, but owes Cassandra the entry.
   *
   * @return what is to be run once it has it
   */
  Runnable owed() {
    Runnable action = whenSettled;
    whenSettled = null;
    attempts = Attempts.NONE;
    noted = null;
    carries = Carries.NONE;
    understood = null;
    return action == null ? () -> {} : action;
  }

  void done() {
    letGo();
    if (whenDone != null) {
      whenDone.run();
      whenDone = null;
    }
  }

  /**
   * Whether it can wait for those whose change isn't on the other side yet: its row has got what
   * its document says, and no entry tells of more than that.
   */
  boolean canWait() {
    return foundAt != null
        && understood != null
        && understood.isCarried(foundAt)
        && !carries.isEmpty()
        && !readsDocument
        && expected.stream().allMatch(this::isOwn);
  }

  /** It may be another's of the same time: then that one waits a little, too. */
  private boolean isOwn(Expected write) {
    return write.writeTime() != Entry.UNKNOWN && write.writeTime() <= carries.last().timestamp();
  }

  /** An LWT's outcome may still be undecided on the replicas: only a serial read settles it. */
  boolean needsSerialRead() {
    return expected.stream()
        .anyMatch(e -> e.writeTime() == Entry.UNKNOWN && e.operation() != Operation.EXPIRE);
  }
}
