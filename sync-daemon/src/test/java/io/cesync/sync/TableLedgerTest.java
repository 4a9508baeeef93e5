package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.Place;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which documents without an entry are as old as they were noticed. */
class TableLedgerTest {

  private final AtomicLong completeTo = new AtomicLong(Long.MIN_VALUE);
  private final FirstLook firstLook = new FirstLook();
  private final TableLedger ledger =
      new TableLedger(null, "era", 2, true, completeTo, firstLook, new OwnNumbers());

  private boolean isNew(long seqNo) {
    return isNew(Place.UNKNOWN_SHARD, seqNo);
  }

  private boolean isNew(int shard, long seqNo) {
    return ledger.isNew(new Place("era", shard, seqNo, 1));
  }

  @Test
  void nothingIsKnownBeforeTheFirstLook() {
    assertThat(isNew(1_000)).isFalse();
  }

  @Test
  void inTheFirstLookThoseThatWereWrittenSinceItBegan() {
    firstLook.set(Map.of(0, 10L));
    assertThat(isNew(10)).isFalse();
    assertThat(isNew(11)).isTrue();
  }

  @Test
  void eachShardHasNumbersOfItsOwn() {
    firstLook.set(Map.of(0, 10L, 1, 20L));
    assertThat(isNew(0, 10)).isFalse();
    assertThat(isNew(0, 11)).isTrue();
    assertThat(isNew(1, 11)).isFalse();
    assertThat(isNew(15)).as("it may be of any shard").isFalse();
    assertThat(isNew(21)).isTrue();

    firstLook.set(Map.of(1, 20L));
    assertThat(isNew(0, 3)).as("the other one has been looked at").isTrue();
  }

  @Test
  void afterItAll() {
    completeTo.set(5);
    assertThat(isNew(0)).isTrue();
  }
}
