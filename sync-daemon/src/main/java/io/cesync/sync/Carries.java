package io.cesync.sync;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes of a document whose changes were written to its row, or were about to be, though the
 * ledger doesn't know that: what the document said each time, and the time that its row got it
 * with. What it still says later is no newer than that. Immutable.
 *
 * @param all oldest first
 */
record Carries(List<LedgerEntry> all) {

  static final Carries NONE = new Carries(List.of());

  /** Of a document that changes all the time, the oldest are forgotten. */
  private static final int MOST = 8;

  /** A write that wasn't answered may have been tried once more, a little later. */
  private static final Comparator<LedgerEntry> ORDER =
      Comparator.comparingLong((LedgerEntry entry) -> entry.place().seqNo())
          .thenComparingLong(LedgerEntry::timestamp);

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Null if there is none. */
  LedgerEntry last() {
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** This one, too. Of one write the latest try counts. */
  Carries plus(LedgerEntry carry) {
    List<LedgerEntry> more = new ArrayList<>(all.size() + 1);
    LedgerEntry latest = carry;
    for (LedgerEntry each : all) {
      if (each.place().seqNo() != carry.place().seqNo()) {
        more.add(each);
      } else if (ORDER.compare(each, latest) > 0) {
        latest = each;
      }
    }
    more.add(latest);
    more.sort(ORDER);
    return new Carries(List.copyOf(more.subList(Math.max(0, more.size() - MOST), more.size())));
  }

  /** Those of both. */
  Carries and(Carries other) {
    Carries both = this;
    for (LedgerEntry carry : other.all) {
      both = both.plus(carry);
    }
    return both;
  }

  /** Without those of earlier writes. */
  Carries from(Place write) {
    return all.isEmpty() || all.get(0).place().seqNo() >= write.seqNo()
        ? this
        : new Carries(all.stream().filter(each -> each.place().seqNo() >= write.seqNo()).toList());
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

  /** An entry of a refused document tells of an earlier one but for its place. */
  private static boolean isKnown(Place write, Optional<LedgerEntry> entry) {
    return entry
        .filter(known -> !known.refused() && known.place().era().equals(write.era()))
        .filter(known -> !known.place().isBefore(write))
        .isPresent();
  }
}
