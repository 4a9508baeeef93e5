package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.intents.IntentLog;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableIntentsTest {

  private static final String TABLE = "k.t";

  @TempDir private Path folder;
  private final Pending pending = new Pending(Keys.row(1, 1));

  private TableIntents open() {
    return new TableIntents(
        IntentLog.open(folder.resolve("intents"), 1_000),
        TABLE,
        failure -> {
          throw new AssertionError(failure);
        });
  }

  private TwoWaySteps.Carry carry(long timestamp) {
    return carry(timestamp, timestamp);
  }

  private TwoWaySteps.Carry carry(long timestamp, long ahead) {
    return new TwoWaySteps.Carry(
        pending,
        new LedgerEntry("1", "r", new Place("era", 0, 7, 1), ahead, Map.of(), 400),
        timestamp);
  }

  private Pending resumed(String era) {
    TableIntents next = open();
    List<IntentLog.Left> left = next.left();
    assertThat(left).hasSize(1);
    Pending resumed = next.resumed(pending.key, left.get(0), era);
    next.log().close();
    return resumed;
  }

  @Test
  void whatAFormerProcessWasCarryingIsAsOldAsItWasThen() {
    try (IntentLog log = open().log()) {
      new TableIntents(log, TABLE, failure -> {}).noteCarried(List.of(carry(500)));
    }
    Pending resumed = resumed("era");
    assertThat(resumed.readsDocument).isTrue();
    assertThat(resumed.routing).isEqualTo("r");
    assertThat(resumed.carries.knownAt()).isEqualTo(500);
    assertThat(resumed.carries.hasLanded(new Place("era", 0, 7, 1)))
        .as("that isn't known")
        .isFalse();
    assertThat(resumed.detected(7, 900)).isEqualTo(400);
    assertThat(resumed.detected(8, 900)).isEqualTo(900);
    assertThat(resumed.listsAfter).isEqualTo(500);
  }

  @Test
  void whatWasInAnotherIndexSaysNothingOfThisOne() {
    try (IntentLog log = open().log()) {
      new TableIntents(log, TABLE, failure -> {}).noteCarried(List.of(carry(500)));
    }
    Pending resumed = resumed("other");
    assertThat(resumed.carries.knownAt()).isEqualTo(Long.MIN_VALUE);
    assertThat(resumed.detected(7, 900)).isEqualTo(900);
    assertThat(open().left()).as("it is released").isEmpty();
  }

  @Test
  void whatIsNotedIsNotNotedAgain() {
    try (IntentLog log = open().log()) {
      TableIntents intents = new TableIntents(log, TABLE, failure -> {});
      intents.noteCarried(List.of(carry(500)));
      intents.noteCarried(List.of(carry(500)));
    }
    assertThat(open().left()).hasSize(1);
  }

  /** The times of a list's writes that fail again and again. */
  @Test
  void whatIsNotedAheadIsNotNotedEachTime() {
    try (IntentLog log = open().log()) {
      TableIntents intents = new TableIntents(log, TABLE, failure -> {});
      for (int failed = 0; failed < 100; failed++) {
        intents.noteCarried(List.of(carry(500 + failed, 500 + 2 * failed)));
      }
    }
    assertThat(open().left()).hasSizeLessThan(10);
  }

  @Test
  void onceTheLedgerKnowsItNothingIsLeft() {
    try (IntentLog log = open().log()) {
      new TableIntents(log, TABLE, failure -> {}).noteCarried(List.of(carry(500)));
      pending.settled();
    }
    assertThat(pending.carries.knownAt()).isEqualTo(Long.MIN_VALUE);
    assertThat(open().left()).isEmpty();
  }
}
