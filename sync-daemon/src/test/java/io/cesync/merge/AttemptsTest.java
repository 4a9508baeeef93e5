package io.cesync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private static LedgerEntry at(String era, long seqNo) {
    return new LedgerEntry("1", null, new Place(era, 0, seqNo, 1), seqNo, Map.of(), seqNo);
  }

  private static LedgerEntry at(long seqNo) {
    return at("era", seqNo);
  }

  private static boolean isOpen(LedgerEntry attempt, Optional<LedgerEntry> entry) {
    return !Attempts.NONE.plus(attempt).since(entry).isEmpty();
  }

  @Test
  void theyAreOpenUntilTheLedgerHasTheDocumentAtALaterPlace() {
    assertThat(isOpen(at(11), Optional.of(at(11)))).isTrue();
    assertThat(isOpen(at(11), Optional.of(at(12)))).isFalse();
    assertThat(isOpen(at(-1), Optional.of(at(12)))).isFalse();
    assertThat(isOpen(at(-1), Optional.empty())).isTrue();
  }

  /** The application had changed the document before cesync wrote it. */
  @Test
  void theLedgerMayBeBehindThem() {
    assertThat(isOpen(at(11), Optional.of(at(10)))).isTrue();
    assertThat(isOpen(at(11), Optional.empty())).as("a new document").isTrue();
    assertThat(isOpen(at(11), Optional.of(at("before", 500)))).isTrue();
  }

  @Test
  void aDocumentThatIsGoneIsNotReplacedAnyMore() {
    Attempts attempts = Attempts.NONE.plus(at(11)).plus(at(-1)).plus(at(12).place());
    assertThat(attempts.toCreate()).isEqualTo(Attempts.NONE.plus(at(-1)).plus(at(12).place()));
  }
}
