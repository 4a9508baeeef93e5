package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.document.DocumentReader;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.merge.DocumentState;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is known of a document that is gone. */
class DocumentStatesTest {

  private static final long COMPLETE_TO = 500;

  private final TableTarget target =
      Targets.target(
          Targets.twoWay(Targets.ledger(new AtomicLong(COMPLETE_TO), new FirstLook()), null));
  private final DocumentStates states = new DocumentStates(target);
  private final Pending pending = new Pending(Keys.row(1, 1));

  private long knownAt() throws Exception {
    return knownAt(true);
  }

  private long knownAt(boolean isInLedger) throws Exception {
    DocumentState state = states.of(pending.key, pending, isInLedger, new DocumentReader.Missing());
    return ((DocumentState.Absent) state).knownAt();
  }

  private static LedgerEntry carried(long timestamp, long knownAt) {
    return new LedgerEntry(
        "1", null, new Place(Targets.ERA, 0, 7, 1), timestamp, Map.of(), knownAt);
  }

  @Test
  void itWasThereWhenTheLedgerWasComplete() throws Exception {
    assertThat(knownAt()).isEqualTo(COMPLETE_TO);
    pending.existedAt = 600;
    assertThat(knownAt()).isEqualTo(600);
  }

  /** Of such a document nobody would have noticed that it is gone. */
  @Test
  void ofOneThatTheLedgerLacksOnlyItsOwnTimesAreKnown() throws Exception {
    assertThat(knownAt(false)).isEqualTo(Long.MIN_VALUE);
    pending.carries = pending.carries.plus(carried(300, 310));
    assertThat(knownAt(false)).isEqualTo(310);
    assertThat(knownAt(true)).isEqualTo(COMPLETE_TO);
  }

  @Test
  void whatTheRowHasGotIsKnownByItsDigest() throws Exception {
    Pending carried = Targets.carried(Keys.row(1, 1), states, 7, 500);
    assertThat(states.of(carried.key, carried, false, null))
        .isInstanceOf(DocumentState.Carried.class);
    assertThat(states.of(carried.key, carried, true, null))
        .as("the ledger knows it meanwhile")
        .isInstanceOf(DocumentState.Unread.class);

    carried.settled();
    assertThat(states.of(carried.key, carried, false, null))
        .isInstanceOf(DocumentState.Unread.class);
  }

  /** Else the row, which has its change already, would outlive it and bring it back. */
  @Test
  void itWasThereWhenItsChangeWasWrittenToTheRow() throws Exception {
    pending.carries = pending.carries.plus(carried(690, 700));
    assertThat(knownAt()).isEqualTo(700);
    pending.carries = pending.carries.plus(carried(750, 700));
    assertThat(knownAt()).as("the writer's clock is fast").isEqualTo(750);
  }

  /** Else its old values would go into the row, which it was to leave alone. */
  @Test
  void whoseDocumentItIsIsStillKnownAfterItsKeyWasMergedWithAnother() throws Exception {
    DocumentState state =
        new DocumentState.Carried(new Place(Targets.ERA, 0, 7, 1), null, OptionalLong.empty(), 7);
    Pending found = new Pending(pending.key);
    found.foundAt = new Place(Targets.ERA, 0, 7, 1);
    found.understood = new DocumentStates.Understood(target, state, true);
    pending.merge(found);

    assertThat(states.of(pending.key, pending, false, null)).isEqualTo(state);
    assertThat(pending.ofCassandra).isTrue();
  }
}
