package io.cesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntryCacheTest {

  private final EntryCache cache = new EntryCache(100_000);

  private static Optional<LedgerEntry> entry(String id, long seqNo) {
    return Optional.of(
        new LedgerEntry(id, null, new Place("era", 0, seqNo, 1), 0, Map.of("a", 1L), 0));
  }

  private static Optional<byte[]> bytes(String id, long seqNo) {
    return entry(id, seqNo).map(EntryBytes::of);
  }

  @Test
  void whatWasReadOrWrittenIsKnown() {
    assertThat(cache.of("a")).isNull();

    cache.is("a", cache.reading("a"), Optional.empty());
    assertThat(cache.of("a")).isEmpty();

    cache.is("a", cache.writing("a"), bytes("a", 1));
    assertThat(cache.of("a")).isEqualTo(entry("a", 1));
  }

  @Test
  void whatAWriteThatFailedLeftIsNotKnown() {
    cache.is("a", cache.writing("a"), bytes("a", 1));
    cache.writing("a");

    assertThat(cache.of("a")).isNull();
  }

  @Test
  void whatWasAskedForBeforeAWriteIsNotKept() {
    int reading = cache.reading("a");
    int writing = cache.writing("a");
    cache.is("a", reading, bytes("a", 1));
    assertThat(cache.of("a")).isNull();

    cache.is("a", writing, bytes("a", 2));
    cache.is("a", reading, bytes("a", 1));
    assertThat(cache.of("a")).isEqualTo(entry("a", 2));
  }

  @Test
  void whatWasUsedLongestAgoGoesWhenItIsTooMuch() {
    cache.is("first", cache.writing("first"), bytes("first", 0));
    for (int i = 0; i < 1_000; i++) {
      cache.is("k" + i, cache.writing("k" + i), bytes("k" + i, i));
      cache.is("k" + i, cache.writing("k" + i), bytes("k" + i, i + 1));
      assertThat(cache.of("first")).isNotNull();
    }
    assertThat(cache.of("k0")).isNull();
    assertThat(cache.of("k850")).isNotNull();
    assertThat(cache.of("k999")).isEqualTo(entry("k999", 1_000));
  }

  /** As many as are written at a time in a backlog; there were too few stripes for them once. */
  @Test
  void ofThousandsUnderWayTogetherMostAreKept() {
    EntryCache large = new EntryCache(32 << 20);
    int[] writing = new int[4_000];
    for (int i = 0; i < writing.length; i++) {
      writing[i] = large.writing("item-" + i);
    }
    int kept = 0;
    for (int i = 0; i < writing.length; i++) {
      large.is("item-" + i, writing[i], bytes("item-" + i, i));
      kept += large.of("item-" + i) == null ? 0 : 1;
    }
    assertThat(kept).isGreaterThan(3_600);
  }

  @Test
  void withoutMemoryNothingIsKept() {
    EntryCache none = new EntryCache(0);
    none.is("a", none.writing("a"), bytes("a", 1));
    assertThat(none.of("a")).isNull();
  }
}
