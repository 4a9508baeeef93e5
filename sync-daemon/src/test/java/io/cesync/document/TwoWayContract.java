package io.cesync.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.mapping.TimestampField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What two-way tables need of a search server, with the parts before: what is deleted is found, and
 * what changed by its time.
 */
abstract class TwoWayContract extends SeqNoTailContract {
  private Map<Integer, ShardPosition> filled(String index, int documents, MemoryLedger ledger)
      throws IOException {
    create(index, 2, ",\"mappings\":{\"dynamic\":false}");
    for (int first = 0; first < documents; first += 5_000) {
      bulk(
          index,
          IntStream.range(first, Math.min(documents, first + 5_000))
              .mapToObj(i -> index("d" + i, "{\"v\":" + i + "}"))
              .collect(Collectors.joining()));
    }
    Map<Integer, ShardPosition> positions = new HashMap<>();
    SeqNoTail tail = new SeqNoTail(client, index, version);
    for (TailSpan span : now(tail.poll(positions))) {
      TailSpan rest = span;
      while (!rest.done()) {
        TailPage page = now(tail.next(rest, true));
        rest = page.rest();
        int shard = rest.position().shard();
        page.documents().forEach(document -> ledger.put(shard, document));
      }
      positions.put(rest.position().shard(), rest.position());
    }
    assertThat(ledger.byId()).hasSize(documents);
    return positions;
  }

  @Test
  void whatIsDeletedIsFoundExactlyWhileOthersAreOverwritten() throws Exception {
    MemoryLedger ledger = new MemoryLedger();
    Map<Integer, ShardPosition> positions = filled("vanishing", 20_000, ledger);
    VanishedSearch search = new VanishedSearch(client, "vanishing", version, ledger);
    assertThat(find(search, positions.values(), 10).documents()).isEmpty();
    assertThat(ledger.counted).isEqualTo(2);

    List<String> ids = new ArrayList<>(ledger.byId().keySet());
    Collections.shuffle(ids, new Random(11));
    List<String> gone = ids.subList(0, 300);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Integer> overwriting =
        CompletableFuture.supplyAsync(
            () -> {
              Random random = new Random(12);
              Set<String> overwritten = new HashSet<>();
              while (!enough.get() || overwritten.isEmpty()) {
                String id = ids.get(300 + random.nextInt(19_700));
                overwritten.add(id);
                // Deleting and writing again is overwriting, too.
                bulk("vanishing", (random.nextBoolean() ? delete(id) : "") + index(id, "{}"));
              }
              return overwritten.size();
            });
    for (int i = 0; i < 300; i += 10) {
      bulk(
          "vanishing",
          gone.subList(i, i + 10).stream()
              .map(TwoWayContract::delete)
              .collect(Collectors.joining()));
    }
    now(new SeqNoTail(client, "vanishing", version).poll(positions));
    Vanished.Deleted first = find(search, positions.values(), 300);
    enough.set(true);
    int overwritten = now(overwriting);

    assertThat(first.documents())
        .extracting(LedgerNumbers.Entry::id)
        .containsExactlyInAnyOrderElementsOf(gone);
    assertThat(first.overwritten()).isBetween(1L, (long) overwritten);

    now(new SeqNoTail(client, "vanishing", version).poll(positions));
    Vanished.Deleted second = find(search, positions.values(), 300);
    assertThat(second.documents()).hasSameElementsAs(first.documents()).hasSize(300);
    assertThat(second.overwritten()).isEqualTo(overwritten);
    assertThat(second.undecided()).isZero();
    assertThat(now(search.find(positions.values(), 299)))
        .isEqualTo(new Vanished.TooMany(300, 300 + overwritten));
  }

  /** What cesync itself writes meanwhile is known to the ledger before a search shows it. */
  @Test
  void whatIsDeletedIsFoundThoughOthersMoveOn() throws IOException {
    MemoryLedger ledger = new MemoryLedger();
    Map<Integer, ShardPosition> positions = filled("moving-on", 200, ledger);
    bulk("moving-on", delete("d7") + delete("d8"));
    now(new SeqNoTail(client, "moving-on", version).poll(positions));
    move(ledger, 10, 20);
    AtomicBoolean moved = new AtomicBoolean();
    ledger.beforeCount =
        () -> {
          if (!moved.getAndSet(true)) {
            move(ledger, 20, 40);
          }
        };
    Vanished.Deleted found =
        find(new VanishedSearch(client, "moving-on", version, ledger), positions.values(), 10);

    assertThat(moved).isTrue();
    assertThat(found.documents())
        .extracting(LedgerNumbers.Entry::id)
        .containsExactlyInAnyOrder("d7", "d8");
    assertThat(found.overwritten()).isZero();
  }

  /** They are written, and the ledger gets to know that at once. */
  private void move(MemoryLedger ledger, int from, int to) {
    for (int i = from; i < to; i++) {
      String id = "d" + i;
      try {
        JsonNode answer = client.jsonNow("PUT", "/moving-on/_doc/" + id, json("{\"v\":-1}"));
        ledger.put(
            ledger.byId().get(id).shard(),
            new StoredDocument(
                id,
                null,
                answer.path("_seq_no").asLong(),
                answer.path("_primary_term").asLong(),
                answer.path("_version").asLong(),
                null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** After a crash the ledger may have a document where it isn't any more. */
  @Test
  void numbersThatWereLeftBehindAreForgotten() throws IOException {
    MemoryLedger ledger = new MemoryLedger();
    Map<Integer, ShardPosition> positions = filled("stale", 100, ledger);
    LedgerNumbers.Entry entry = ledger.byId().get("d50");
    ledger.byId().values().stream()
        .filter(other -> other.shard() == entry.shard() && other.seqNo() > entry.seqNo())
        .limit(2)
        .forEach(other -> ledger.stale(other.id(), entry));
    VanishedSearch search = new VanishedSearch(client, "stale", version, ledger);

    assertThat(find(search, positions.values(), 0).documents()).isEmpty();
    ledger.counted = 0;
    assertThat(find(search, positions.values(), 0).documents()).isEmpty();
    assertThat(ledger.counted).as("one for each shard: nothing is missing").isEqualTo(2);
  }

  private static Vanished.Deleted find(
      VanishedSearch search, Collection<ShardPosition> positions, long most) {
    return (Vanished.Deleted) now(search.find(positions, most));
  }

  /** New documents make it impossible to tell by counts alone that too many are gone. */
  @Test
  void tooManyEndTheSearchEvenIfCountsDoNotShowThem() throws IOException {
    MemoryLedger ledger = new MemoryLedger();
    Map<Integer, ShardPosition> positions = filled("replaced", 2_000, ledger);
    bulk(
        "replaced",
        IntStream.range(0, 400)
            .mapToObj(i -> delete("d" + i * 5) + index("n" + i, "{}"))
            .collect(Collectors.joining()));
    now(new SeqNoTail(client, "replaced", version).poll(positions));

    Vanished found =
        now(new VanishedSearch(client, "replaced", version, ledger).find(positions.values(), 100));

    assertThat(found)
        .isInstanceOfSatisfying(
            Vanished.TooMany.class,
            many -> {
              assertThat(many.atLeast()).isBetween(101L, 400L);
              assertThat(many.atMost()).isEqualTo(400);
            });
  }

  /** All of a scan's documents, in pages that are never larger than asked for. */
  private static List<String> scanned(TimestampTail.Scan scan, int most) {
    List<String> ids = new ArrayList<>();
    while (scan.hasMore()) {
      List<StoredDocument> page = now(scan.next());
      assertThat(page).hasSizeLessThanOrEqualTo(most);
      page.forEach(document -> ids.add(document.id()));
    }
    return ids;
  }

  private TimestampTail timestampTail(String index, int most) throws IOException {
    JsonNode mapping = new Indices(client).find(index).orElseThrow().mapping();
    return new TimestampTail(client, index, version, TimestampField.of("changed", mapping), most);
  }

  @ParameterizedTest
  @CsvSource({
    "date, ,1000",
    "date, yyyy-MM-dd HH:mm:ss.SSS||epoch_millis,1000",
    "date, epoch_second,1000000",
    "date_nanos, ,1",
    "long, ,1"
  })
  void documentsAreFoundByTheirTimes(String type, String format, int micros) throws IOException {
    String index = "times_" + UUID.randomUUID();
    create(
        index,
        2,
        ",\"mappings\":{\"dynamic\":false,\"properties\":{\"changed\":{\"type\":\"%s\"%s}}}"
            .formatted(type, format == null ? "" : ",\"format\":\"" + format + "\""));
    TimestampField field =
        TimestampField.of("changed", new Indices(client).find(index).orElseThrow().mapping());
    // Many have the same time: more than a page, at the ends of pages, and one each.
    long start = 1_700_000_000_000_000L;
    Random random = new Random(7);
    TreeMap<Long, List<String>> byTime = new TreeMap<>();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      long time = start + (i < 100 ? 50 : random.nextInt(100)) * (long) micros;
      byTime.computeIfAbsent(time, t -> new ArrayList<>()).add("d" + i);
      lines.append(
          index("d" + i, new String(field.stamp(source("{\"i\":" + i + "}"), time), UTF_8)));
    }
    lines.append(index("none", "{\"i\":-1}"));
    bulk(index, lines.toString());
    TimestampTail tail = timestampTail(index, 20);
    now(tail.refresh());

    assertThat(scanned(tail.all(), 20)).hasSize(401).contains("none").doesNotHaveDuplicates();
    for (int i = 0; i < 20; i++) {
      long from = start + random.nextInt(100) * (long) micros;
      long to = i == 0 ? Long.MAX_VALUE : from + random.nextInt(60) * (long) micros;
      assertThat(scanned(tail.between(from, to), 20))
          .as("%d to %d", from, to)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              byTime.subMap(from, to).values().stream().flatMap(List::stream).toList());
    }
    TimestampTail.Scan left = tail.all();
    now(left.next());
    left.close();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        client
                            .jsonNow("GET", "/_nodes/stats/indices/search", null)
                            .findValue("open_contexts")
                            .asInt())
                    .isZero());
  }

  @Test
  void noPageIsLargerThanTheIndexAllows() throws IOException {
    create("small", 1, ",\"mappings\":{\"properties\":{\"changed\":{\"type\":\"date_nanos\"}}}");
    client.jsonNow("PUT", "/small/_settings", json("{\"index\":{\"max_result_window\":10}}"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 95; i++) {
      lines.append(index("d" + i, "{\"changed\":\"2023-01-01T00:00:00.%03dZ\"}".formatted(i % 40)));
    }
    bulk("small", lines.toString());

    assertThat(drain(new SeqNoTail(client, "small", version), new HashMap<>())).hasSize(95);
    TimestampTail tail = timestampTail("small", 5_000);
    assertThat(scanned(tail.all(), 10)).hasSize(95);
    assertThat(scanned(tail.between(0, Long.MAX_VALUE), 10)).hasSize(95);
    // Lowered while it is read.
    client.jsonNow("PUT", "/small/_settings", json("{\"index\":{\"max_result_window\":7}}"));
    assertThatThrownBy(() -> now(tail.between(0, Long.MAX_VALUE).next()))
        .satisfies(failure -> assertThat(SearchClient.isOurs(failure)).isTrue());
    assertThat(scanned(tail.between(0, Long.MAX_VALUE), 7)).hasSize(95);
  }

  @Test
  void indicesTellWhatTheyLack() throws IOException {
    create("sourceless", 1, ",\"mappings\":{\"_source\":{\"enabled\":false}}");
    create("usual", 1, "");

    Indices indices = new Indices(client);
    assertThat(indices.find("sourceless").orElseThrow().keepsSources()).isFalse();
    assertThat(indices.find("usual").orElseThrow().keepsSources()).isTrue();
    assertThat(indices.find("usual").orElseThrow().lacking()).isEmpty();
    if (!version.openSearch() && version.major() >= 9) {
      client.jsonNow(
          "PUT", "/numberless", json("{\"settings\":{\"index.disable_sequence_numbers\":true}}"));
      assertThat(indices.find("numberless").orElseThrow().lacking()).isPresent();
    }
  }
}
