package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How old a change counts that has no time of its own. */
class TwoWayCaseTest {

  private static final long NOW = 900;

  private final AtomicLong completeTo = new AtomicLong(Long.MIN_VALUE);
  private final FirstLook firstLook = new FirstLook();
  private final TableLedger ledger = Targets.ledger(completeTo, firstLook);

  @BeforeEach
  void firstLook() {
    firstLook.set(Map.of(0, 10L));
  }

  private static Place place(String era, long seqNo) {
    return new Place(era, 0, seqNo, 1);
  }

  private static Optional<LedgerEntry> entry(String era, long seqNo) {
    return Optional.of(new LedgerEntry("1", null, place(era, seqNo), 5, Map.of(), 5));
  }

  private long detectedAt(Optional<LedgerEntry> entry, long seqNo) {
    return new TwoWayCase(new Pending(Keys.row(1, 1)), null, "1", Visibility.VISIBLE, entry)
        .detectedAt(place(Targets.ERA, seqNo), ledger, NOW);
  }

  @Test
  void aDocumentThatIsKnownWasChangedWhenThatIsNoticed() {
    assertThat(detectedAt(entry(Targets.ERA, 3), 4)).isEqualTo(NOW);
  }

  @Test
  void oneThatWasThereBeforeTheLedgerMayBeOfAnyAge() {
    assertThat(detectedAt(Optional.empty(), 10)).isZero();
    assertThat(detectedAt(Optional.empty(), 11)).as("it came since").isEqualTo(NOW);
    completeTo.set(5);
    assertThat(detectedAt(Optional.empty(), 10)).isEqualTo(NOW);
  }

  /** Else what is restored with an index would overwrite what rows had since. */
  @Test
  void whatIsKnownOfOtherContentsOfTheIndexSaysNothing() {
    assertThat(detectedAt(entry("before", 3), 4)).isZero();
  }

  @Test
  void aRefusedOneWasChangedWhenItWasRefusedFirst() {
    LedgerEntry first = LedgerEntry.refused("1", null, place(Targets.ERA, 4), 0);
    assertThat(detectedAt(Optional.of(first), 4)).isZero();
    assertThat(detectedAt(Optional.of(first), 5)).as("written since").isEqualTo(NOW);
  }

  /** Else it would be news once more when the document changes next. */
  @Test
  void whatTheRowHasGotOfARefusedOneIsKnown() {
    LedgerEntry carried =
        new LedgerEntry("1", null, place(Targets.ERA, 4), 70, Map.of("a", 7L), 60);
    Pending pending = new Pending(Keys.row(1, 1));
    pending.carries = pending.carries.plus(carried);
    KnownDocument document = new KnownDocument(pending, "1", entry(Targets.ERA, 3));
    LedgerEntry refused = document.refusedAt(place(Targets.ERA, 4), null, ledger, NOW);
    assertThat(refused.digests()).as("it may not have come to the row").isEmpty();

    pending.carries = pending.carries.landed(carried.place());
    for (int seqNo = 4; seqNo < 6; seqNo++) {
      refused = document.refusedAt(place(Targets.ERA, seqNo), null, ledger, NOW);
      assertThat(refused.digests()).isEqualTo(carried.digests());
      assertThat(refused.timestamp()).isEqualTo(70);
      assertThat(refused.place()).isEqualTo(place(Targets.ERA, seqNo));
      assertThat(refused.refused()).isTrue();
    }
    refused =
        new KnownDocument(pending, "1", entry(Targets.ERA, 5))
            .refusedAt(place(Targets.ERA, 6), null, ledger, NOW);
    assertThat(refused.digests()).as("the ledger knows more").isEmpty();
  }
}
