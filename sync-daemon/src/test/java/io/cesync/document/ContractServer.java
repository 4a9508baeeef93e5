package io.cesync.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.document.DocumentReader.Found;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Wanted;
import io.cesync.document.WriteResult.Applied;
import io.cesync.local.SearchServer;
import io.cesync.local.SearchSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpHost;
import org.apache.http.entity.ByteArrayEntity;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A search server for a contract, and what its tests say to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractServer {

  static final BulkLimits LIMITS = new BulkLimits(1_000, 5 << 20, 2);

  SearchServer server;
  SearchClient client;
  ServerVersion version;
  BulkSender sender;

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

  void create(String index, int shards, String more) throws IOException {
    ObjectNode body =
        json(
            "{\"settings\":{\"number_of_shards\":%d,\"number_of_replicas\":0}%s}"
                .formatted(shards, more));
    client.jsonNow("PUT", "/" + index, body);
  }

  static ObjectNode json(String text) throws IOException {
    return (ObjectNode) SearchClient.JSON.readTree(text);
  }

  static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  List<WriteResult> write(DocumentOp... ops) {
    return now(sender.write(List.of(ops), LIMITS));
  }

  Applied applied(DocumentOp op) {
    return (Applied) write(op).get(0);
  }

  List<Look> read(String index, Wanted... documents) {
    return now(new DocumentReader(client, index, version).read(List.of(documents)));
  }

  StoredDocument found(String index, String id, String routing) {
    return ((Found) read(index, new Wanted(id, routing)).get(0)).document();
  }

  static byte[] source(String text) {
    return text.getBytes(UTF_8);
  }

  /** Sends lines as a bulk that must succeed, and gives the items of its answer. */
  List<JsonNode> bulk(String index, String lines) {
    Request request = new Request("POST", "/" + index + "/_bulk");
    request.setEntity(new ByteArrayEntity(source(lines), SearchClient.NDJSON));
    JsonNode answer = SearchClient.parse(now(client.send(request)).getEntity());
    assertThat(answer.path("items")).isNotEmpty();
    List<JsonNode> items = new ArrayList<>();
    answer.path("items").forEach(item -> items.add(item.iterator().next()));
    assertThat(items).noneMatch(item -> item.has("error"));
    return items;
  }

  static String index(String id, String source) {
    return "{\"index\":{\"_id\":\"%s\"}}\n%s\n".formatted(id, source);
  }

  static String delete(String id) {
    return "{\"delete\":{\"_id\":\"%s\"}}\n".formatted(id);
  }

  /** Reads all that a poll tells of, notes the positions, and gives the documents. */
  static List<StoredDocument> drain(SeqNoTail tail, Map<Integer, ShardPosition> positions) {
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
}
