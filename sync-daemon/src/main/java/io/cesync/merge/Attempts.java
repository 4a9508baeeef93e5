package io.cesync.merge;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What cesync itself may have made of a document without the ledger knowing: requests that were not
 * answered, or after which the ledger could not be written. What such a request wrote must not be
 * taken for a change of the application's. Immutable.
 *
 * @param writes as the ledger would have them, but with the place that the document had before, as
 *     the ledger had it
 * @param deletes the places of documents that may have been deleted
 */
public record Attempts(List<LedgerEntry> writes, List<Place> deletes) {

  public static final Attempts NONE = new Attempts(List.of(), List.of());

  /** More are not told apart: after so many failures in a row the oldest is forgotten. */
  private static final int MOST = 8;

  public boolean isEmpty() {
    return writes.isEmpty() && deletes.isEmpty();
  }

  /** Whether this write is there already, or one that wrote just the same. */
  public boolean include(LedgerEntry write) {
    return writes.stream().anyMatch(each -> isSame(each, write));
  }

  private static boolean isSame(LedgerEntry one, LedgerEntry other) {
    return one.timestamp() == other.timestamp()
        && one.place().isSameWrite(other.place())
        && one.digests().equals(other.digests());
  }

  /** Whether this delete is there already. */
  public boolean include(Place delete) {
    return deletes.stream().anyMatch(delete::isSameWrite);
  }

  /** This write, too. */
  public Attempts plus(LedgerEntry write) {
    return include(write) ? this : new Attempts(added(writes, write), deletes);
  }

  /** This delete, too. */
  public Attempts plus(Place delete) {
    return include(delete) ? this : new Attempts(writes, added(deletes, delete));
  }

  private static <T> List<T> added(List<T> all, T one) {
    List<T> more = new ArrayList<>(all.subList(all.size() < MOST ? 0 : 1, all.size()));
    more.add(one);
    return List.copyOf(more);
  }

  /** Not this one: it surely didn't take place. */
  public Attempts minus(LedgerEntry write) {
    return new Attempts(writes.stream().filter(each -> !each.equals(write)).toList(), deletes);
  }

  /** Those of both. */
  public Attempts and(Attempts other) {
    Attempts all = this;
    for (LedgerEntry write : other.writes) {
      all = all.plus(write);
    }
    for (Place delete : other.deletes) {
      all = all.plus(delete);
    }
    return all;
  }

  /**
   * Those that the ledger doesn't know of yet. Each was under the condition that the document is at
   * its place; once the ledger has it at a later one, it took place before that or never.
   *
   * @param entry as the ledger has it now, which may be behind the places
   */
  public Attempts since(Optional<LedgerEntry> entry) {
    if (isEmpty() || entry.isEmpty()) {
      return this;
    }
    Place known = entry.get().place();
    return new Attempts(
        writes.stream()
            .filter(each -> isOpen(each.place(), known) || isElsewhere(each.place(), known))
            .toList(),
        deletes.stream().filter(each -> isOpen(each, known)).toList());
  }

  private static boolean isOpen(Place before, Place known) {
    return before.isSameWrite(known) || (before.seqNo() >= 0 && known.isBefore(before));
  }

  private static boolean isElsewhere(Place before, Place known) {
    return !before.era().equals(known.era());
  }

  /** Once the document is gone, only those can still take place that create it. */
  public Attempts toCreate() {
    return new Attempts(writes.stream().filter(each -> each.place().seqNo() < 0).toList(), deletes);
  }

  /** Those in an index's present contents; see {@link Place#era}. */
  Attempts in(String era) {
    return writes.isEmpty()
        ? this
        : new Attempts(
            writes.stream().filter(each -> each.place().era().equals(era)).toList(), deletes);
  }

  /**
   * Whether one of them gave a column this value.
   *
   * @param digest null for none
   */
  boolean wrote(String column, Long digest) {
    return writes.stream().anyMatch(each -> Objects.equals(each.digests().get(column), digest));
  }

  /** µs since 1970: no {@code _timestamp} that they wrote is newer. */
  long timestamp() {
    return writes.stream().mapToLong(LedgerEntry::timestamp).max().orElse(Long.MIN_VALUE);
  }
}
