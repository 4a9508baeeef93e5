package io.cesync.merge;

import io.cesync.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What cesync itself may have made of a document without the ledger knowing: requests that were not
 * answered, or after which the ledger could not be written. What such a request wrote must not be
 * taken for a change of the application's. Immutable.
 *
 * @param writes as the ledger would have them
 * @param removes whether the document may have been deleted
 */
public record Attempts(List<LedgerEntry> writes, boolean removes) {

  public static final Attempts NONE = new Attempts(List.of(), false);

  /** More are not told apart: after so many failures in a row the oldest is forgotten. */
  private static final int MOST = 8;

  public boolean isEmpty() {
    return writes.isEmpty() && !removes;
  }

  /**
   * Whether this one is there already, or one that wrote just the same.
   *
   * @param write null for a delete
   */
  public boolean include(LedgerEntry write) {
    return write == null ? removes : writes.stream().anyMatch(each -> isSame(each, write));
  }

  private static boolean isSame(LedgerEntry one, LedgerEntry other) {
    return one.timestamp() == other.timestamp()
        && one.place().era().equals(other.place().era())
        && one.digests().equals(other.digests());
  }

  /**
   * This one, too.
   *
   * @param write null for a delete
   */
  public Attempts plus(LedgerEntry write) {
    if (include(write)) {
      return this;
    } else if (write == null) {
      return new Attempts(writes, true);
    }
    List<LedgerEntry> all =
        new ArrayList<>(writes.subList(writes.size() < MOST ? 0 : 1, writes.size()));
    all.add(write);
    return new Attempts(List.copyOf(all), removes);
  }

  /** Not this one: it surely didn't take place. */
  public Attempts minus(LedgerEntry write) {
    return new Attempts(writes.stream().filter(each -> !each.equals(write)).toList(), removes);
  }

  /** Those of both. */
  public Attempts and(Attempts other) {
    Attempts all = new Attempts(writes, removes || other.removes);
    for (LedgerEntry write : other.writes) {
      all = all.plus(write);
    }
    return all;
  }

  /** Those in an index's present contents; see {@link io.cesync.ledger.Place#era}. */
  Attempts in(String era) {
    return writes.isEmpty()
        ? this
        : new Attempts(
            writes.stream().filter(each -> each.place().era().equals(era)).toList(), removes);
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
