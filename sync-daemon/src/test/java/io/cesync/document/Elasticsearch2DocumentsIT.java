package io.cesync.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import io.cesync.local.LocalServers;
import io.cesync.local.SearchServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Where there are no sequence numbers, but types and a {@code _timestamp} of the server's own. */
@Tag("all-versions")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Elasticsearch2DocumentsIT {

  private static final BulkLimits LIMITS = new BulkLimits(1_000, 5 << 20, 2);
  private static final long TIME = 1_700_000_000_123_456L;
  private static final long MILLIS = TIME / 1_000;

  private SearchServer server;
  private SearchClient client;
  private Indices indices;
  private BulkSender sender;

  @BeforeAll
  void start() throws IOException {
    server = LocalServers.elasticsearch().version("2.4.6").start();
    SearchClient asking =
        new SearchClient(RestClient.builder(HttpHost.create(server.uri().toString())).build());
    client = asking.speaking(new Indices(asking).version());
    indices = new Indices(client);
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

  private static ObjectNode json(String text) throws IOException {
    return (ObjectNode) SearchClient.JSON.readTree(text);
  }

  private void create(String index, Map<String, ?> settings) throws IOException {
    indices.create(index, json("{\"_timestamp\":{\"enabled\":true},\"dynamic\":false}"), settings);
    assertThat(indices.find(index)).isPresent();
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
    return now(new DocumentReader(client, index, client.server()).read(List.of(documents)));
  }

  private StoredDocument found(String index, String id, String routing) {
    return ((Found) read(index, new Wanted(id, routing)).get(0)).document();
  }

  private static byte[] source(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void itTellsItsVersion() {
    assertThat(client.server()).isEqualTo(new ServerVersion("2.4.6", 2, 4, false));
    assertThat(client.server().hasSequenceNumbers()).isFalse();
  }

  @Test
  void aWriteIsCarriedOutOnlyIfNothingChanged() throws IOException {
    create("conditions", Map.of());
    Create create = new Create("conditions", "a", null, source("{\"v\":1}"), null, TIME);

    assertThat(applied(create)).isEqualTo(new Applied(1, MILLIS));
    assertThat(write(create)).containsExactly(new Conflict(OptionalLong.empty()));
    StoredDocument created = found("conditions", "a", null);
    assertThat(created.seqNo()).isEqualTo(1);
    assertThat(created.primaryTerm()).isEqualTo(MILLIS);
    assertThat(client.dialect().timestamp(created)).hasValue(MILLIS * 1_000);

    IndexUnchanged index =
        new IndexUnchanged(
            "conditions", "a", null, 1, MILLIS, source("{\"v\":2}"), null, TIME + 5_000);
    assertThat(applied(index)).isEqualTo(new Applied(2, MILLIS + 5));
    assertThat(write(index)).containsExactly(new Conflict(OptionalLong.of(2)));
    assertThat(write(new DeleteUnchanged("conditions", "a", null, 1, MILLIS)))
        .containsExactly(new Conflict(OptionalLong.of(2)));
    assertThat(found("conditions", "a", null).source()).asString(UTF_8).isEqualTo("{\"v\":2}");

    DeleteUnchanged delete = new DeleteUnchanged("conditions", "a", null, 2, MILLIS + 5);
    assertThat(write(delete)).allMatch(result -> result instanceof Applied);
    assertThat(write(delete)).allMatch(result -> result instanceof Conflict);
    assertThat(write(index)).allMatch(result -> result instanceof Conflict);
    assertThat(write(new DeleteUnchanged("conditions", "never", null, 1, 0)))
        .allMatch(result -> result instanceof Conflict);
    assertThat(read("conditions", new Wanted("a", null))).containsExactly(new Missing());
    assertThat(applied(create).seqNo()).isEqualTo(4);
  }

  /** Versions begin anew once the server has forgotten the delete; times don't. */
  @Test
  void aDocumentThatIsMadeAgainIsAnother() throws Exception {
    create("again", Map.of("gc_deletes", "0s"));
    Applied first = applied(new Create("again", "a", null, source("{}"), null, TIME));
    client.jsonNow("DELETE", "/again/doc/a", null);
    // Forgotten at the first refresh after that.
    TimeUnit.MILLISECONDS.sleep(1_500);
    now(indices.refresh("again"));
    client.jsonNow("PUT", "/again/doc/a", json("{\"v\":\"application's\"}"));

    StoredDocument made = found("again", "a", null);
    assertThat(made.seqNo()).isEqualTo(first.seqNo());
    assertThat(made.primaryTerm()).isGreaterThan(first.primaryTerm());
  }

  @Test
  void versionsAreGivenAndComparedLikeElsewhere() throws IOException {
    create("versions", Map.of());
    DocumentOp old = new DocumentOp.Index("versions", "a", TIME, source("{}"), null);
    DocumentOp newer = new DocumentOp.Index("versions", "a", TIME + 1, source("{}"), null);

    assertThat(write(newer, newer)).allMatch(result -> result instanceof Applied);
    assertThat(write(old)).containsExactly(new Conflict(OptionalLong.of(TIME + 1)));
    assertThat(write(new DocumentOp.Delete("versions", "a", TIME)))
        .containsExactly(new Conflict(OptionalLong.of(TIME + 1)));
    assertThat(write(new DocumentOp.Delete("versions", "a", TIME + 1)))
        .allMatch(result -> result instanceof Applied);
    assertThat(write(new DocumentOp.Delete("versions", "never", TIME)))
        .allMatch(result -> result instanceof Applied);
  }

  /** Of a time with four digits the server would think that it is a year. */
  @Test
  void anyTimeIsTaken() throws IOException {
    create("times", Map.of());
    long[] micros = {0, 1_999_999, 2_024_000_000L, -1, Long.MAX_VALUE};
    for (int i = 0; i < micros.length; i++) {
      applied(new Create("times", "t" + i, null, source("{}"), null, micros[i]));
    }
    assertThat(found("times", "t1", null).primaryTerm()).isEqualTo(1_999);
    assertThat(found("times", "t2", null).primaryTerm()).isEqualTo(2_024_000);
    assertThat(found("times", "t3", null).primaryTerm()).isZero();
    assertThat(found("times", "t4", null).primaryTerm()).isEqualTo(253_402_300_799_999L);
  }

  @Test
  void sourcesComeAsTheyWereSent() throws IOException {
    create("exact", Map.of());
    String exact =
        "{ \"n\":1.10000000000000000000000000000000000001, \"e\" : 1E+2,"
            + "\"z\":[-0.0, 12345678901234567890123],\"t\":\"\\u00e9é😀}\" }";
    applied(new Create("exact", "a", "r", source(exact), null));

    StoredDocument document = found("exact", "a", "r");
    assertThat(document.source()).asString(UTF_8).isEqualTo(exact);
    assertThat(document.routing()).isEqualTo("r");
    now(indices.refresh("exact"));
    assertThat(found("exact", "a", "r").source()).asString(UTF_8).isEqualTo(exact);
  }

  @Test
  void whatCannotBeReadIsNotMissing() throws IOException {
    create("readable", Map.of());
    applied(new Create("readable", "a", null, source("{}"), null));
    indices.create("routed", json("{\"_routing\":{\"required\":true}}"), Map.of());

    assertThat(read("readable", new Wanted("none", null), new Wanted("a", null)))
        .satisfiesExactly(
            none -> assertThat(none).isInstanceOf(Missing.class),
            a -> assertThat(a).isInstanceOf(Found.class));
    assertThat(indices.find("routed")).isPresent();
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
  }

  @Test
  void theTypeIsTheIndexsOwn() throws IOException {
    client.jsonNow("PUT", "/typed", json("{\"mappings\":{\"thing\":{},\"_default_\":{}}}"));
    assertThat(indices.find("typed").orElseThrow().mapping().isMissingNode()).isFalse();
    applied(new Create("typed", "a", null, source("{}"), null));
    assertThat(client.jsonNow("GET", "/typed/thing/a", null).path("found").asBoolean()).isTrue();
    indices.addToMapping("typed", json("{\"properties\":{\"n\":{\"type\":\"integer\"}}}"));
    assertThat(indices.find("typed").orElseThrow().mapping().path("properties").has("n")).isTrue();

    client.jsonNow("PUT", "/several", json("{\"mappings\":{\"one\":{},\"two\":{}}}"));
    assertThatThrownBy(() -> indices.find("several"))
        .hasMessageContaining("several types")
        .hasMessageContaining("one, two");
  }

  @Test
  void aScanThatWasInterruptedBeginsAnew() throws IOException {
    create("scanned", Map.of("number_of_shards", 2));
    List<DocumentOp> ops = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      ops.add(new DocumentOp.Index("scanned", "d" + i, 5 + i, source("{}"), null));
    }
    assertThat(now(sender.write(ops, LIMITS))).allMatch(result -> result instanceof Applied);
    assertThat(indices.sequenceNumbers("scanned").values().stream().mapToLong(n -> n + 1).sum())
        .isEqualTo(250);

    DocumentScan scan = scan(OptionalInt.empty());
    Set<String> ids = new HashSet<>();
    now(scan.next()).forEach(hit -> ids.add(hit.id()));
    assertThat(ids).hasSize(100);
    client.jsonNow("DELETE", "/_search/scroll/_all", null);
    assertThatThrownBy(() -> now(scan.next()))
        .satisfies(failure -> assertThat(SearchClient.isOurs(failure)).isTrue());
    ids.clear();
    while (scan.hasMore()) {
      for (DocumentScan.Hit hit : now(scan.next())) {
        ids.add(hit.id());
        assertThat(hit.version()).isEqualTo(5 + Long.parseLong(hit.id().substring(1)));
      }
    }
    assertThat(ids).hasSize(250);

    int both = 0;
    for (int shard = 0; shard < 2; shard++) {
      DocumentScan one = scan(OptionalInt.of(shard));
      while (one.hasMore()) {
        both += now(one.next()).size();
      }
    }
    assertThat(both).isEqualTo(250);
    assertThatThrownBy(() -> now(scan(OptionalInt.of(9)).next()))
        .hasRootCauseInstanceOf(ShardsMissingException.class);
    assertThat(
            client
                .jsonNow("GET", "/_nodes/stats/indices/search", null)
                .findValue("open_contexts")
                .asInt())
        .as("what the server still keeps")
        .isZero();
  }

  private DocumentScan scan(OptionalInt shard) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    return DocumentScan.of(client, "scanned", all, shard, OptionalLong.empty(), 100);
  }
}
