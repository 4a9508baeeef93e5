package io.cesync.merge;

import static java.util.Comparator.comparingLong;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Writes of a document whose changes were written to its row, or were about to be, though the
 * ledger doesn't know that: what the document said each time, and the time that its row got it
 * with. What it still says later is no newer than that. Immutable.
 *
 * @param all oldest first
 * @param landed the writes whose own changes surely were written to the row: what that doesn't show
 *     of them is older than what it has, or than its delete. Oldest first
 */
public record Carries(List<LedgerEntry> all, List<Place> landed) {

  public static final Carries NONE = new Carries(List.of(), List.of());

  /** Of a document that changes all the time, the oldest are forgotten. */
  private static final int MOST = 8;

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Null if there is none. */
  public LedgerEntry last() {
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** This one, too. Of one write the latest try counts. */
  public Carries plus(LedgerEntry carry) {
    return all.isEmpty()
        ? new Carries(List.of(carry), landed)
        : new Carries(sorted(Stream.concat(all.stream(), Stream.of(carry))), landed);
  }

  /** Those of both. */
  public Carries and(Carries other) {
    if (other.equals(NONE)) {
      return this;
    }
    Carries both = new Carries(sorted(Stream.concat(all.stream(), other.all.stream())), landed);
    for (Place write : other.landed) {
      both = both.landedAgain(write);
    }
    return both;
  }

  private static List<LedgerEntry> sorted(Stream<LedgerEntry> carries) {
    TreeMap<Long, LedgerEntry> byWrite = new TreeMap<>();
    carries.forEach(
        carry ->
            byWrite.merge(
                carry.place().seqNo(),
                carry,
                BinaryOperator.maxBy(comparingLong(LedgerEntry::timestamp))));
    List<LedgerEntry> sorted = List.copyOf(byWrite.values());
    return sorted.subList(Math.max(0, sorted.size() - MOST), sorted.size());
  }

  /**
   * All that this write changed was surely written to the row, and whatever may come late of
   * earlier ones is older than that.
   */
  public Carries landed(Place write) {
    return new Carries(
        all.stream().filter(each -> !each.place().isBefore(write)).toList(), List.of(write));
  }

  /**
   * What the document still says of this write was. Of what it doesn't say any more an older value
   * may still come late.
   */
  public Carries landedAgain(Place write) {
    return hasLanded(write)
        ? this
        : new Carries(all, Stream.concat(landed.stream(), Stream.of(write)).toList());
  }

  public boolean hasLanded(Place write) {
    return landed.stream().anyMatch(write::isSameWrite);
  }

  /**
   * µs since 1970: a document whose changes are written to the row was there when they were seen;
   * {@link Long#MIN_VALUE} if there is none.
   */
  public long knownAt() {
    LedgerEntry last = last();
    return last == null ? Long.MIN_VALUE : Math.max(last.knownAt(), last.timestamp());
  }

  /**
   * Those of earlier writes of the document that came after what the ledger has: it may have come
   * to know of some just before a crash.
   */
  List<LedgerEntry> between(Optional<LedgerEntry> entry, Place write) {
    return all.isEmpty()
        ? all
        : all.stream()
            .filter(each -> each.place().isBefore(write) && !isKnown(each.place(), entry))
            .toList();
  }

  /** What the document was before a write, as its row got it last. */
  Optional<LedgerEntry> lastBefore(Place write, Optional<LedgerEntry> entry) {
    List<LedgerEntry> between = between(entry, write);
    return between.isEmpty() ? entry : Optional.of(between.get(between.size() - 1));
  }

  /** The last of these writes up to that one that landed, if the ledger doesn't know of it. */
  public Optional<LedgerEntry> lastLanded(Optional<LedgerEntry> entry, Place upTo) {
    return all.stream()
        .filter(each -> each.place().isSameWrite(upTo) || each.place().isBefore(upTo))
        .filter(each -> hasLanded(each.place()) && !isKnown(each.place(), entry))
        .reduce((earlier, later) -> later);
  }

  /** An entry of a refused document tells of an earlier one but for its place. */
  private static boolean isKnown(Place write, Optional<LedgerEntry> entry) {
    return entry
        .filter(known -> !known.refused() && known.place().era().equals(write.era()))
        .filter(known -> !known.place().isBefore(write))
        .isPresent();
  }
}
