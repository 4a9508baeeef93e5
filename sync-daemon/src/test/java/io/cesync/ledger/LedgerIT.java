package io.cesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.SchemaChangeListenerBase;
import io.cesync.connect.CassandraConnection;
import io.cesync.ledger.Ledger.Numbered;
import io.cesync.ledger.Ledger.Put;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The ledger on a real Cassandra. */
@ExtendWith(LiveServers.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerIT {

  private static final String INDEX = "q9ykAJ4JTLe8";

  private final LiveServers servers;
  private Site site;
  private CqlSession session;
  private Ledger ledger;
  private String name;

  LedgerIT(LiveServers servers) {
    this.servers = servers;
  }

  @BeforeAll
  void open(@TempDir Path directory) {
    site = new Site(servers, directory).table("t", "a int PRIMARY KEY", "a");
    site.install();
    session =
        CassandraConnection.open(site.settings().cassandra(), new SchemaChangeListenerBase() {});
  }

  @BeforeEach
  void aTableOfItsOwn(TestInfo test) {
    name = test.getDisplayName();
    ledger = ledger(name);
  }

  @AfterAll
  void close() {
    if (session != null) {
      session.close();
    }
  }

  private Ledger ledger(String table) {
    return new Ledger(
        session,
        CqlIdentifier.fromInternal("logger"),
        site.keyspace(),
        table,
        50,
        true,
        0,
        () -> {});
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static LedgerEntry entry(String id, int shard, long seqNo) {
    return new LedgerEntry(
        id, null, new Place(INDEX, shard, seqNo, 1), seqNo * 10, Map.of("a", seqNo, "Ü b", -1L), 5);
  }

  private void put(LedgerEntry... entries) {
    await(ledger.put(List.of(entries).stream().map(e -> new Put(e, Optional.empty())).toList()));
  }

  private List<Numbered> range(int shard, long from, long to) {
    return await(ledger.range(INDEX, shard, from, to, 1_000_000));
  }

  private long count(int shard, long from, long to) {
    return await(ledger.count(INDEX, shard, from, to));
  }

  @Test
  void aRefusedDocumentKeepsWhatWasAgreedBefore() {
    LedgerEntry refused = entry("1", 0, 3).refusedAt(new Place(INDEX, 0, 4, 1), null, 6);
    LedgerEntry never = LedgerEntry.refused("2", "r", new Place(INDEX, 0, 5, 1), 7);
    await(
        ledger.put(
            List.of(
                new Ledger.Put(refused, Optional.empty()),
                new Ledger.Put(never, Optional.empty()))));

    assertThat(await(ledger.get(List.of("1", "2")))).containsValues(refused, never).hasSize(2);
  }

  @Test
  void whatWasPutIsGot() {
    LedgerEntry routed =
        new LedgerEntry(
            "[1,\"ü\"]",
            "shop 7",
            new Place(INDEX, Place.UNKNOWN_SHARD, Long.MAX_VALUE, 3),
            -1,
            Map.of(),
            Long.MAX_VALUE);
    put(entry("1", 0, 1), routed);

    assertThat(await(ledger.get(List.of("1", "2", "[1,\"ü\"]", "1"))))
        .isEqualTo(Map.of("1", entry("1", 0, 1), routed.id(), routed));
    assertThat(await(ledger.get(List.of()))).isEmpty();
    assertThat(await(ledger("other").get(List.of("1")))).isEmpty();
  }

  @Test
  void anEntryMovesToItsNewPlace() {
    put(entry("1", 0, 1), entry("2", 0, 2));
    await(ledger.put(List.of(new Put(entry("1", 0, 9_000), Optional.of(entry("1", 0, 1))))));

    assertThat(await(ledger.get(List.of("1")))).containsEntry("1", entry("1", 0, 9_000));
    assertThat(range(0, 0, 10_000)).containsExactly(new Numbered(2, "2"), new Numbered(9_000, "1"));
    assertThat(count(0, 0, 8_191)).isEqualTo(1);
    assertThat(count(0, 8_192, 16_383)).isEqualTo(1);
  }

  @Test
  void anEntryThatStaysInItsPlaceKeepsIt() {
    LedgerEntry before = entry("1", 0, 1);
    put(before);
    LedgerEntry after = new LedgerEntry("1", null, before.place(), 77, Map.of("a", 3L), 8);
    await(ledger.put(List.of(new Put(after, Optional.of(before)))));

    assertThat(await(ledger.get(List.of("1")))).containsEntry("1", after);
    assertThat(range(0, 0, 10)).containsExactly(new Numbered(1, "1"));
  }

  @Test
  void theShardMayBeToldLater() {
    LedgerEntry before = entry("1", Place.UNKNOWN_SHARD, 4);
    put(before);
    await(ledger.put(List.of(new Put(entry("1", 2, 4), Optional.of(before)))));

    assertThat(range(Place.UNKNOWN_SHARD, 0, 10)).isEmpty();
    assertThat(range(2, 0, 10)).containsExactly(new Numbered(4, "1"));
  }

  @Test
  void whatIsRemovedIsGoneFromBoth() {
    put(entry("1", 0, 1), entry("2", 0, 2), entry("3", 1, 1));
    await(ledger.remove(List.of(entry("1", 0, 1), entry("3", 1, 1))));

    assertThat(await(ledger.get(List.of("1", "2", "3")))).containsOnlyKeys("2");
    assertThat(range(0, 0, 10)).containsExactly(new Numbered(2, "2"));
    assertThat(count(1, 0, 10)).isZero();
  }

  private void owe(LedgerEntry entry, Optional<LedgerEntry> before, Runnable written) {
    ledger.owe(List.of(new Ledger.Owing(new Put(entry, before), written)));
  }

  @Test
  void whatIsOwedIsKnownAndCountsOnceItIsWritten() {
    put(entry("1", 0, 1), entry("2", 0, 2));
    AtomicInteger written = new AtomicInteger();
    owe(entry("1", 0, 5), Optional.of(entry("1", 0, 1)), written::incrementAndGet);
    owe(entry("3", 0, 6), Optional.empty(), written::incrementAndGet);
    owe(entry("1", 0, 7), Optional.of(entry("1", 0, 5)), written::incrementAndGet);

    assertThat(await(ledger.get(List.of("1", "2", "3"))))
        .isEqualTo(Map.of("1", entry("1", 0, 7), "2", entry("2", 0, 2), "3", entry("3", 0, 6)));
    assertThat(ledger.owed()).isEqualTo(2);
    assertThat(range(0, 0, 10)).containsExactly(new Numbered(1, "1"), new Numbered(2, "2"));

    await(ledger.flush());
    assertThat(written).hasValue(3);
    assertThat(ledger.owed()).isZero();
    assertThat(range(0, 0, 10))
        .containsExactly(new Numbered(2, "2"), new Numbered(6, "3"), new Numbered(7, "1"));
    assertThat(await(ledger(name).get(List.of("1", "3"))))
        .isEqualTo(Map.of("1", entry("1", 0, 7), "3", entry("3", 0, 6)));
  }

  @Test
  void whatIsPutOrRemovedTakesThePlaceOfWhatIsOwed() {
    put(entry("1", 0, 1), entry("2", 0, 2));
    AtomicInteger written = new AtomicInteger();
    owe(entry("1", 0, 5), Optional.of(entry("1", 0, 1)), written::incrementAndGet);
    owe(entry("2", 0, 6), Optional.of(entry("2", 0, 2)), written::incrementAndGet);
    owe(entry("3", 0, 7), Optional.empty(), written::incrementAndGet);
    await(ledger.put(List.of(new Put(entry("1", 0, 8), Optional.of(entry("1", 0, 5))))));
    await(ledger.remove(List.of(entry("2", 0, 6), entry("3", 0, 7))));

    assertThat(written).hasValue(3);
    assertThat(ledger.owed()).isZero();
    assertThat(await(ledger.get(List.of("1", "2", "3")))).isEqualTo(Map.of("1", entry("1", 0, 8)));
    assertThat(range(0, 0, 10)).containsExactly(new Numbered(8, "1"));
  }

  /** Whoever owes an entry while what was read is revised has the last word. */
  @Test
  void entriesMayBeRevisedWhileTheirDocumentsChange() {
    LedgerEntry first = entry("1", Place.UNKNOWN_SHARD, 1);
    LedgerEntry second = entry("2", Place.UNKNOWN_SHARD, 2);
    put(first, second);
    AtomicInteger written = new AtomicInteger();
    owe(entry("3", Place.UNKNOWN_SHARD, 3), Optional.empty(), written::incrementAndGet);

    await(
        ledger.revise(
            List.of("1", "2", "3", "4"),
            entries -> {
              assertThat(entries).containsOnlyKeys("1", "2", "3");
              owe(entry("1", Place.UNKNOWN_SHARD, 9), Optional.of(first), () -> {});
              return List.of(
                  first.at(new Place(INDEX, 2, 1, 1)),
                  second.at(new Place(INDEX, 2, 2, 1)),
                  entry("3", 0, 3),
                  entry("4", 0, 4));
            }));
    assertThat(range(2, 0, 10)).containsExactly(new Numbered(2, "2"));
    assertThat(range(0, 0, 10)).as("the other is still owed").containsExactly(new Numbered(4, "4"));
    assertThat(await(ledger.get(List.of("1", "2", "3"))))
        .isEqualTo(
            Map.of(
                "1", entry("1", Place.UNKNOWN_SHARD, 9),
                "2", second.at(new Place(INDEX, 2, 2, 1)),
                "3", entry("3", 0, 3)));

    await(ledger.flush());
    assertThat(written).hasValue(1);
    assertThat(range(Place.UNKNOWN_SHARD, 0, 10)).containsExactly(new Numbered(9, "1"));
    assertThat(range(0, 0, 10)).containsExactly(new Numbered(3, "3"), new Numbered(4, "4"));
    assertThat(range(2, 0, 10)).containsExactly(new Numbered(2, "2"));
  }

  @Test
  void onceItIsStoppedNothingMoreIsWritten() {
    put(entry("1", 0, 1));
    owe(entry("1", 0, 5), Optional.of(entry("1", 0, 1)), () -> {});
    await(ledger.stop());

    assertThat(ledger.flush().toCompletableFuture()).isCompletedExceptionally();
    assertThat(ledger.remove(List.of(entry("1", 0, 1))).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(await(ledger(name).get(List.of("1")))).containsEntry("1", entry("1", 0, 1));
  }

  @Test
  void aPlaceTooManyCanBeForgotten() {
    put(entry("1", 0, 1));
    put(entry("1", 0, 3)); // as if the daemon had ended before it removed the old place

    assertThat(range(0, 0, 10)).containsExactly(new Numbered(1, "1"), new Numbered(3, "1"));
    await(ledger.forget(new Place(INDEX, 0, 1, 0), "1"));
    assertThat(range(0, 0, 10)).containsExactly(new Numbered(3, "1"));
    assertThat(await(ledger.get(List.of("1")))).containsEntry("1", entry("1", 0, 3));
  }

  @Test
  void whatIsLeftStaysAsLongAsItIsHeld() {
    put(entry("1", 0, 1), entry("2", 0, 2));
    ledger.hold();
    await(ledger.put(List.of(new Put(entry("1", 0, 3), Optional.of(entry("1", 0, 1))))));
    await(ledger.remove(List.of(entry("2", 0, 2))));

    assertThat(count(0, 0, 10)).isEqualTo(3);
    assertThat(ledger.held(INDEX, 0, 10)).containsExactly(1, 2);
    assertThat(await(ledger.get(List.of("1", "2")))).containsOnlyKeys("1");
    await(ledger.release());
    assertThat(count(0, 0, 10)).isEqualTo(1);
    assertThat(range(0, 0, 10)).containsExactly(new Numbered(3, "1"));
  }

  @Test
  void manyAtOnce() {
    int many = 20_000;
    List<LedgerEntry> entries =
        IntStream.range(0, many).mapToObj(i -> entry("id" + i, i % 2, i / 2)).toList();
    for (int i = 0; i < many; i += 1_000) {
      put(entries.subList(i, i + 1_000).toArray(LedgerEntry[]::new));
    }

    List<String> ids = entries.subList(0, 2_000).stream().map(LedgerEntry::id).toList();
    assertThat(await(ledger.get(ids)).values())
        .containsExactlyInAnyOrderElementsOf(entries.subList(0, 2_000));
    assertThat(count(0, 0, Integer.MAX_VALUE / 1_000)).isEqualTo(many / 2);
    assertThat(count(1, 100, 9_000)).isEqualTo(8_901);
    assertThat(count(1, 9, 8)).isZero();
    assertThat(range(1, 8_000, 8_500))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(8_000, 8_500)
                .mapToObj(n -> new Numbered(n, "id" + (n * 2 + 1)))
                .toList());
    List<Numbered> pages = new ArrayList<>();
    for (long from = 8_000; from >= 0; ) {
      List<Numbered> page = await(ledger.range(INDEX, 0, from, 9_999, 700));
      pages.addAll(page);
      from = page.size() < 700 ? -1 : page.get(699).seqNo();
    }
    assertThat(pages.stream().distinct()).hasSize(2_000);

    await(ledger.remove(entries.subList(0, 10_000)));
    assertThat(count(0, 0, 9_999)).isEqualTo(5_000);
    assertThat(await(ledger.get(ids))).isEmpty();
  }

  /** What is kept in memory must be what another one, which has seen nothing, reads. */
  @Test
  void countsStayRightWhateverIsWritten(TestInfo test) {
    Random random = new Random(7);
    Map<String, LedgerEntry> known = new HashMap<>();
    long[] next = {0};
    for (int round = 0; round < 60; round++) {
      List<Put> puts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        next[0] += 1 + random.nextInt(60);
        LedgerEntry entry = entry("id" + random.nextInt(300), 0, next[0]);
        puts.removeIf(put -> put.entry().id().equals(entry.id()));
        puts.add(new Put(entry, Optional.ofNullable(known.get(entry.id()))));
      }
      CompletionStage<Void> writing = ledger.put(puts);
      count(0, 0, next[0]);
      await(writing);
      puts.forEach(put -> known.put(put.entry().id(), put.entry()));
      if (random.nextInt(4) == 0) {
        LedgerEntry removed = known.remove(known.keySet().iterator().next());
        await(ledger.remove(List.of(removed)));
      }
      long from = random.nextInt(2) == 0 ? 0 : random.nextLong(next[0]);
      Ledger other = ledger(test.getDisplayName());
      assertThat(count(0, from, next[0]))
          .isEqualTo(await(other.count(INDEX, 0, from, next[0])))
          .isEqualTo(known.values().stream().filter(e -> e.place().seqNo() >= from).count());
      assertThat(range(0, from, next[0]))
          .isEqualTo(await(other.range(INDEX, 0, from, next[0], 1_000_000)));
    }
    assertThat(next[0]).as("several buckets").isGreaterThan(30_000);
  }
}
