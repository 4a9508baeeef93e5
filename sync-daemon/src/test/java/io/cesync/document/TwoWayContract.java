package io.cesync.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.document.DocumentOp.Create;
import io.cesync.document.DocumentOp.DeleteUnchanged;
import io.cesync.document.DocumentOp.IndexUnchanged;
import io.cesync.document.DocumentReader.Found;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Missing;
import io.cesync.document.DocumentReader.Unknown;
import io.cesync.document.DocumentReader.Unreadable;
import io.cesync.document.DocumentReader.Wanted;
import io.cesync.document.WriteResult.Applied;
import io.cesync.document.WriteResult.Conflict;
import io.cesync.document.WriteResult.Scope;
import io.cesync.local.SearchServer;
import io.cesync.local.SearchSpec;
import io.cesync.mapping.TimestampField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.http.HttpHost;
import org.apache.http.entity.ByteArrayEntity;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two-way tables need of a search server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoWayContract {

  private static final BulkLimits LIMITS = new BulkLimits(1_000, 5 << 20, 2);

  private SearchServer server;
  private SearchClient client;
  private ServerVersion version;
  private BulkSender sender;

  abstract SearchSpec spec();

  @BeforeAll
  void start() throws IOException {
    server = spec().start();
    client = new SearchClient(RestClient.builder(HttpHost.create(server.uri().toString())).build());
    version = new Indices(client).version();
    sender = new BulkSender(client, LIMITS);
  }

  @AfterAll
  void stop() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private void create(String index, int shards, String more) throws IOException {
    ObjectNode body =
        json(
            "{\"settings\":{\"number_of_shards\":%d,\"number_of_replicas\":0}%s}"
                .formatted(shards, more));
    client.jsonNow("PUT", "/" + index, body);
  }

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) SearchClient.JSON.readTree(text);
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private List<WriteResult> write(DocumentOp... ops) {
    return now(sender.write(List.of(ops), LIMITS));
  }

  private Applied applied(DocumentOp op) {
    return (Applied) write(op).get(0);
  }

  private List<Look> read(String index, Wanted... documents) {
    return now(new DocumentReader(client, index, version).read(List.of(documents)));
  }

  private StoredDocument found(String index, String id, String routing) {
    return ((Found) read(index, new Wanted(id, routing)).get(0)).document();
  }

  private static byte[] source(String text) {
    return text.getBytes(UTF_8);
  }

  /** Sends lines as a bulk that must succeed, and gives the items of its answer. */
  private List<JsonNode> bulk(String index, String lines) {
    Request request = new Request("POST", "/" + index + "/_bulk");
    request.setEntity(new ByteArrayEntity(source(lines), SearchClient.NDJSON));
    JsonNode answer = SearchClient.parse(now(client.send(request)).getEntity());
    assertThat(answer.path("items")).isNotEmpty();
    List<JsonNode> items = new ArrayList<>();
    answer.path("items").forEach(item -> items.add(item.iterator().next()));
    assertThat(items).noneMatch(item -> item.has("error"));
    return items;
  }

  private static String index(String id, String source) {
    return "{\"index\":{\"_id\":\"%s\"}}\n%s\n".formatted(id, source);
  }

  private static String delete(String id) {
    return "{\"delete\":{\"_id\":\"%s\"}}\n".formatted(id);
  }

  @Test
  void aWriteIsCarriedOutOnlyIfNothingChanged() throws IOException {
    create("conditions", 1, "");
    Create create = new Create("conditions", "a", null, source("{\"v\":1}"), null);

    Applied created = applied(create);
    assertThat(created).isEqualTo(new Applied(0, 1));
    assertThat(write(create)).containsExactly(new Conflict(OptionalLong.of(1)));

    IndexUnchanged index =
        new IndexUnchanged("conditions", "a", null, 0, 1, source("{\"v\":2}"), null);
    Applied indexed = applied(index);
    assertThat(indexed).isEqualTo(new Applied(1, 1));
    assertThat(write(index)).containsExactly(new Conflict(OptionalLong.empty()));

    DeleteUnchanged stale = new DeleteUnchanged("conditions", "a", null, 0, 1);
    assertThat(write(stale)).containsExactly(new Conflict(OptionalLong.empty()));
    assertThat(found("conditions", "a", null).seqNo()).isEqualTo(1);

    DeleteUnchanged delete = new DeleteUnchanged("conditions", "a", null, 1, 1);
    assertThat(applied(delete)).isEqualTo(new Applied(2, 1));
    // Neither what is gone nor what never was is as it was read, and the delete's number is none.
    assertThat(write(delete)).allMatch(result -> result instanceof Conflict);
    assertThat(write(new DeleteUnchanged("conditions", "a", null, 2, 1)))
        .allMatch(result -> result instanceof Conflict);
    assertThat(write(new DeleteUnchanged("conditions", "never", null, 1, 1)))
        .allMatch(result -> result instanceof Conflict);
    assertThat(write(index)).allMatch(result -> result instanceof Conflict);
    assertThat(read("conditions", new Wanted("a", null))).containsExactly(new Missing());
    assertThat(applied(create).seqNo()).isEqualTo(3);
  }

  @Test
  void oneBulkMayHoldOperationsWithAndWithoutConditions() throws IOException {
    create("mixed", 1, "");
    Applied before = applied(new Create("mixed", "old", null, source("{\"v\":\"before\"}"), null));

    List<WriteResult> results =
        write(
            new DocumentOp.Index("mixed", "versioned", 1_700, source("{\"v\":1}"), null),
            new Create("mixed", "new", null, source("{\"v\":2}"), null),
            new IndexUnchanged(
                "mixed", "old", null, before.seqNo(), before.primaryTerm(), source("{}"), null),
            new DocumentOp.Delete("mixed", "nothing", 1_700),
            new IndexUnchanged("mixed", "nothing", null, 5, 1, source("{}"), null),
            new DeleteUnchanged("mixed", "none", null, 5, 1),
            new Create("mixed", "routed", "r", source("{\"v\":3}"), null));

    assertThat(results.subList(0, 4)).allMatch(result -> result instanceof Applied);
    assertThat(results.subList(4, 6)).allMatch(result -> result instanceof Conflict);
    assertThat(((Applied) results.get(1)).seqNo()).isEqualTo(found("mixed", "new", null).seqNo());
    StoredDocument routed = found("mixed", "routed", "r");
    assertThat(routed.routing()).isEqualTo("r");
    assertThat(results.get(6)).isEqualTo(new Applied(routed.seqNo(), routed.primaryTerm()));
    // What was written with a version can be written with a condition, and gets the next version.
    StoredDocument versioned = found("mixed", "versioned", null);
    assertThat(versioned.version()).isEqualTo(1_700);
    assertThat(
            write(
                new IndexUnchanged(
                    "mixed",
                    "versioned",
                    null,
                    versioned.seqNo(),
                    versioned.primaryTerm(),
                    source("{}"),
                    null)))
        .allMatch(result -> result instanceof Applied);
    assertThat(found("mixed", "versioned", null).version()).isEqualTo(1_701);
  }

  @Test
  void sourcesComeAsTheyWereSent() throws IOException {
    create("exact", 1, ",\"mappings\":{\"dynamic\":false}");
    String exact =
        "{ \"n\":1.10000000000000000000000000000000000001, \"e\" : 1E+2,"
            + "\"z\":[-0.0, 12345678901234567890123],\"t\":\"\\u00e9é😀}\" }";
    applied(new Create("exact", "a", null, source(exact), null));

    assertThat(found("exact", "a", null).source()).asString(UTF_8).isEqualTo(exact);
    StoredDocument document =
        drain(new SeqNoTail(client, "exact", version), new HashMap<>()).get(0);
    assertThat(document.source()).asString(UTF_8).isEqualTo(exact);
    assertThat(document.seqNo()).isZero();
    assertThat(document.primaryTerm()).isEqualTo(1);
    assertThat(document.version()).isEqualTo(1);
  }

  @Test
  void vectorsAreNotLeftOut() throws IOException {
    Assumptions.assumeTrue(
        !version.openSearch() && version.major() >= 8, "it comes without the plugin for them");
    create(
        "vectors",
        1,
        ",\"mappings\":{\"properties\":{\"v\":{\"type\":\"dense_vector\",\"dims\":3}}}");
    applied(new Create("vectors", "a", null, source("{\"v\":[0.1,0.25,-3.0]}"), null));

    List<StoredDocument> read = new ArrayList<>();
    read.add(found("vectors", "a", null));
    read.addAll(drain(new SeqNoTail(client, "vectors", version), new HashMap<>()));
    read.add(found("vectors", "a", null));

    assertThat(read)
        .hasSize(3)
        .allSatisfy(
            document ->
                assertThat(json(new String(document.source(), UTF_8)).path("v"))
                    .hasToString("[0.1,0.25,-3.0]"));
  }

  @Test
  void whatCannotBeReadIsNotMissing() throws IOException {
    create("readable", 2, "");
    applied(new Create("readable", "a", null, source("{}"), null));
    applied(new Create("readable", "b", "r", source("{}"), null));
    create("routed", 2, ",\"mappings\":{\"_routing\":{\"required\":true}}");

    assertThat(
            read(
                "readable",
                new Wanted("none", null),
                new Wanted("a", null),
                new Wanted("x".repeat(600), null),
                new Wanted("b", "r")))
        .satisfiesExactly(
            none -> assertThat(none).isInstanceOf(Missing.class),
            a -> assertThat(a).isInstanceOf(Found.class),
            tooLong -> assertThat(tooLong).isInstanceOf(Missing.class),
            b -> assertThat(b).isInstanceOf(Found.class));
    assertThat(read("routed", new Wanted("a", null)).get(0)).isInstanceOf(Unreadable.class);
    assertThat(read("nowhere", new Wanted("a", null)))
        .singleElement()
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.scope()).isEqualTo(Scope.INDEX));
    client.jsonNow("POST", "/readable/_close", null);
    assertThat(read("readable", new Wanted("a", null)))
        .singleElement()
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.scope()).isEqualTo(Scope.INDEX));
    assertThatThrownBy(() -> now(new SeqNoTail(client, "readable", version).poll(Map.of())))
        .satisfies(failure -> assertThat(SearchClient.isOurs(failure)).isTrue());
  }

  @Test
  void manyAndLargeDocumentsAreReadInParts() throws IOException {
    create("large", 1, ",\"mappings\":{\"dynamic\":false}");
    String large = "{\"v\":\"" + "x".repeat(20_000) + "\"}";
    for (int part = 0; part < 10; part++) {
      int first = part * 250;
      bulk(
          "large",
          IntStream.range(first, first + 250)
              .mapToObj(i -> index("d" + i, large))
              .collect(Collectors.joining()));
    }
    List<Wanted> wanted =
        IntStream.range(0, 3_000).mapToObj(i -> new Wanted("d" + i, null)).toList();

    List<Look> looks = now(new DocumentReader(client, "large", version).read(wanted));

    assertThat(looks).hasSize(3_000);
    for (int i = 0; i < 3_000; i++) {
      if (i < 2_500) {
        assertThat(((Found) looks.get(i)).document().id()).isEqualTo("d" + i);
      } else {
        assertThat(looks.get(i)).isInstanceOf(Missing.class);
      }
    }
    SeqNoTail tail = new SeqNoTail(client, "large", version);
    List<Integer> pages = new ArrayList<>();
    TailSpan span = now(tail.poll(Map.of())).get(0);
    while (!span.done()) {
      TailPage page = now(tail.next(span, true));
      pages.add(page.documents().size());
      span = page.rest();
    }
    assertThat(pages.stream().mapToInt(size -> size).sum()).isEqualTo(2_500);
    // Half a megabyte each, once it is known how large documents are.
    assertThat(pages.subList(1, pages.size())).allMatch(size -> size <= 27);
  }

  /** Reads all that a poll tells of, notes the positions, and gives the documents. */
  private static List<StoredDocument> drain(SeqNoTail tail, Map<Integer, ShardPosition> positions) {
    List<StoredDocument> documents = new ArrayList<>();
    for (TailSpan span : now(tail.poll(Map.copyOf(positions)))) {
      TailSpan rest = span;
      while (!rest.done()) {
        TailPage page = now(tail.next(rest, true));
        documents.addAll(page.documents());
        rest = page.rest();
        positions.put(rest.position().shard(), rest.position());
      }
      positions.put(rest.position().shard(), rest.position());
    }
    return documents;
  }

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
