package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.Place;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which documents without an entry are as old as they were noticed. */
class TableLedgerTest {

  private final AtomicLong completeTo = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong beginning = new AtomicLong(Long.MAX_VALUE);
  private final TableLedger ledger =
      new TableLedger(null, "era", 2, true, completeTo, beginning, new OwnNumbers());

  private boolean isNew(long seqNo) {
    return ledger.isNew(new Place("era", Place.UNKNOWN_SHARD, seqNo, 1));
  }

  @Test
  void nothingIsKnownBeforeTheFirstLook() {
    assertThat(isNew(1_000)).isFalse();
  }

  @Test
  void inTheFirstLookThoseThatWereWrittenSinceItBegan() {
    beginning.set(10);
    assertThat(isNew(10)).isFalse();
    assertThat(isNew(11)).isTrue();
  }

  @Test
  void afterItAll() {
    completeTo.set(5);
    assertThat(isNew(0)).isTrue();
  }
}
