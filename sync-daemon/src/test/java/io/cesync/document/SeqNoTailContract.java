package io.cesync.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.document.DocumentOp.Create;
import io.cesync.document.WriteResult.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The second part: each write is found by its sequence number. */
abstract class SeqNoTailContract extends DocumentsContract {
  @Test
  void aDrainedIndexStaysQuietUntilItIsWrittenTo() throws IOException {
    create("quiet", 2, "");
    SeqNoTail tail = new SeqNoTail(client, "quiet", version);
    Map<Integer, ShardPosition> positions = new TreeMap<>();

    assertThat(drain(tail, positions)).isEmpty();
    assertThat(positions.values()).extracting(ShardPosition::seqNo).containsExactly(-1L, -1L);
    applied(new Create("quiet", "a", "r", source("{}"), null));
    assertThat(drain(tail, positions)).extracting(StoredDocument::id).containsExactly("a");
    assertThat(now(tail.poll(positions)))
        .hasSize(2)
        .allMatch(TailSpan::done)
        .allMatch(span -> span.continuity() == Continuity.GOES_ON);
    bulk("quiet", "{\"delete\":{\"_id\":\"a\",\"routing\":\"r\"}}\n");
    assertThat(drain(tail, positions)).isEmpty();
    assertThat(positions.values()).extracting(ShardPosition::seqNo).contains(1L);
  }

  /** What writers did last to each document: its number, or -1 if it was deleted. */
  private record Written(Map<String, Long> last, Set<String> once) {}

  private Written writeAlone(String index, int writer, int operations) {
    Random random = new Random(writer);
    Map<String, Long> last = new HashMap<>();
    Set<String> once = new HashSet<>();
    for (int done = 0; done < operations; ) {
      StringBuilder lines = new StringBuilder();
      List<String> ids = new ArrayList<>();
      int size = random.nextBoolean() ? 1 : 1 + random.nextInt(60);
      for (int i = 0; i < size; i++, done++) {
        String id = writer + "-" + random.nextInt(300);
        String source = "{\"v\":" + done + "}";
        switch (random.nextInt(4)) {
          case 0 -> {
            id = writer + "-once-" + done;
            once.add(id);
            lines.append(index(id, source));
          }
          case 1 -> lines.append(index(id, source));
          case 2 ->
              lines
                  .append("{\"update\":{\"_id\":\"%s\"}}\n".formatted(id))
                  .append("{\"doc\":{\"u\":%d},\"doc_as_upsert\":true}\n".formatted(done));
          default -> lines.append(delete(id));
        }
        ids.add(id);
      }
      List<JsonNode> items = bulk(index, lines.toString());
      for (int i = 0; i < items.size(); i++) {
        JsonNode item = items.get(i);
        boolean deleted = Set.of("deleted", "not_found").contains(item.path("result").asText());
        last.put(ids.get(i), deleted ? -1 : item.path("_seq_no").asLong());
      }
    }
    return new Written(last, once);
  }

  @Test
  void nothingThatEightWritersWriteIsMissed() throws Exception {
    create("busy", 3, ",\"mappings\":{\"dynamic\":false}");
    ExecutorService writers = Executors.newFixedThreadPool(8);
    List<Future<Written>> written = new ArrayList<>();
    Map<Integer, ShardPosition> positions = new HashMap<>();
    Map<String, Long> seen = new HashMap<>();
    Set<String> twice = new HashSet<>();
    Random random = new Random(1);
    try {
      for (int writer = 0; writer < 8; writer++) {
        int number = writer;
        written.add(writers.submit(() -> writeAlone("busy", number, 6_000)));
      }
      SeqNoTail tail = new SeqNoTail(client, "busy", version);
      for (boolean last = false; ; ) {
        for (StoredDocument document : drain(tail, positions)) {
          Long before = seen.put(document.id(), document.seqNo());
          if (before != null && before == document.seqNo()) {
            twice.add(document.id());
          }
        }
        if (last) {
          break;
        }
        last = written.stream().allMatch(Future::isDone);
        if (random.nextInt(4) == 0) {
          tail = new SeqNoTail(client, "busy", version);
        }
      }
    } finally {
      writers.shutdown();
    }
    assertThat(twice).isEmpty();
    for (Future<Written> writer : written) {
      Written done = writer.get();
      assertThat(done.once).isNotEmpty();
      assertThat(seen.keySet()).containsAll(done.once);
      done.last.forEach(
          (id, number) -> {
            if (number >= 0) {
              assertThat(seen).as(id).containsEntry(id, number);
            }
          });
    }
  }

  @Test
  void anIndexThatWasMadeAgainIsRecognised() throws IOException {
    create("again", 1, "");
    SeqNoTail tail = new SeqNoTail(client, "again", version);
    Map<Integer, ShardPosition> positions = new HashMap<>();
    bulk("again", index("a", "{}") + index("b", "{}"));
    MemoryLedger ledger = new MemoryLedger();
    drain(tail, positions).forEach(document -> ledger.put(0, document));
    VanishedSearch search = new VanishedSearch(client, "again", version, ledger);

    client.jsonNow("DELETE", "/again", null);
    assertThatThrownBy(() -> now(tail.poll(positions)))
        .satisfies(failure -> assertThat(SearchClient.scope(failure)).isEqualTo(Scope.INDEX));
    create("again", 1, "");
    bulk("again", index("c", "{}") + index("d", "{}") + index("e", "{}"));

    assertThat(now(search.find(positions.values(), 10)))
        .isEqualTo(new Vanished.OtherIndex(0, Continuity.OTHER_INDEX));
    assertThat(now(tail.poll(positions)))
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.continuity()).isEqualTo(Continuity.OTHER_INDEX);
              assertThat(span.position().seqNo()).isEqualTo(-1);
            });
    assertThat(drain(tail, positions))
        .extracting(StoredDocument::id)
        .containsExactly("c", "d", "e");
    assertThat(now(tail.poll(positions))).allMatch(TailSpan::done);
  }

  @Test
  void anAliasThatIsMovedIsRecognised() throws IOException {
    create("one", 1, ",\"aliases\":{\"moving\":{}}");
    create("other", 1, "");
    bulk("one", index("a", "{}"));
    bulk("other", index("a", "{}") + index("b", "{}"));
    SeqNoTail tail = new SeqNoTail(client, "moving", version);
    Map<Integer, ShardPosition> positions = new HashMap<>();
    assertThat(drain(tail, positions)).hasSize(1);

    client.jsonNow(
        "POST",
        "/_aliases",
        json(
            """
            {"actions": [{"remove": {"index": "one", "alias": "moving"}},
                         {"add": {"index": "other", "alias": "moving"}}]}
            """));

    assertThat(now(tail.poll(positions)))
        .extracting(TailSpan::index, TailSpan::continuity)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("other", Continuity.OTHER_INDEX));
    assertThat(drain(tail, positions)).hasSize(2);
  }

  /** Numbers of four shards meet in one. */
  @Test
  void aShrunkIndexIsReadWhole() throws Exception {
    create("wide", 4, "");
    bulk(
        "wide",
        IntStream.range(0, 4_000)
            .mapToObj(i -> index("d" + i, "{\"v\":1}"))
            .collect(Collectors.joining()));
    client.jsonNow("PUT", "/wide/_settings", json("{\"index.blocks.write\":true}"));
    client.jsonNow(
        "POST",
        "/wide/_shrink/narrow?wait_for_active_shards=1",
        json("{\"settings\":{\"index.number_of_shards\":1,\"index.blocks.write\":null}}"));
    client.jsonNow("GET", "/_cluster/health/narrow?wait_for_status=yellow&timeout=60s", null);
    SeqNoTail tail = new SeqNoTail(client, "narrow", version);
    Map<Integer, ShardPosition> positions = new HashMap<>();
    MemoryLedger ledger = new MemoryLedger();

    List<StoredDocument> documents = drain(tail, positions);
    documents.forEach(document -> ledger.put(0, document));

    assertThat(documents).hasSize(4_000);
    assertThat(documents.stream().map(StoredDocument::id).distinct()).hasSize(4_000);
    assertThat(documents.stream().mapToLong(StoredDocument::seqNo).max().orElseThrow())
        .isLessThan(2_000);

    // Whoever stops after any page goes on from there and misses none.
    Set<String> withStops = new HashSet<>();
    Map<Integer, ShardPosition> kept = new HashMap<>();
    for (TailSpan span = firstOf(kept); !span.done(); span = firstOf(kept)) {
      TailPage page = now(new SeqNoTail(client, "narrow", version).next(span, true));
      page.documents().forEach(document -> withStops.add(document.id()));
      kept.put(0, page.rest().position());
    }
    assertThat(withStops).hasSize(4_000);

    bulk("narrow", delete("d17") + delete("d1234") + index("d99", "{}"));
    drain(tail, positions);
    Vanished.Deleted found =
        (Vanished.Deleted)
            now(new VanishedSearch(client, "narrow", version, ledger).find(positions.values(), 10));
    assertThat(found.documents())
        .extracting(LedgerNumbers.Entry::id)
        .containsExactlyInAnyOrder("d17", "d1234");
    assertThat(found.overwritten()).isEqualTo(1);
  }

  private TailSpan firstOf(Map<Integer, ShardPosition> positions) {
    return now(new SeqNoTail(client, "narrow", version).poll(positions)).get(0);
  }
}
