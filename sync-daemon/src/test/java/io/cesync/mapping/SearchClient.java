package io.cesync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.local.SearchServer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests to a search server; each fails unless it succeeds. */
final class SearchClient {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI uri;

  /** The type of documents; null where they have none. */
  private final String type;

  private final boolean hidesVectors;

  /**
   * @param hidesVectors whether the server leaves vectors out unless it is asked not to
   */
  SearchClient(SearchServer server, String type, boolean hidesVectors) {
    this.uri = server.uri();
    this.type = type;
    this.hidesVectors = hidesVectors;
  }

  JsonNode send(String method, String path, String body) throws Exception {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode send(String method, String path, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    assertThat(response.statusCode())
        .as(() -> path + ": " + new String(response.body(), StandardCharsets.UTF_8))
        .isBetween(200, 201);
    return Documents.read(response.body());
  }

  /** Makes the index afresh. */
  void create(String index, JsonNode mapping) throws Exception {
    send(
        "PUT",
        "/" + index,
        "{\"settings\":{\"number_of_shards\":1,\"number_of_replicas\":0,"
            + "\"index.mapping.total_fields.limit\":5000"
            // As the daemon creates indices.
            + (hidesVectors ? ",\"index.mapping.exclude_source_vectors\":false" : "")
            + "},\"mappings\":"
            + (type == null ? mapping : "{\"" + type + "\":" + mapping + "}")
            + "}");
  }

  void addToMapping(String index, JsonNode mapping) throws Exception {
    String path = "/" + index + "/_mapping" + (type == null ? "" : "/" + type);
    send("PUT", path, mapping.toString());
  }

  JsonNode mapping(String index) throws Exception {
    JsonNode mappings = send("GET", "/" + index + "/_mapping", "").path(index).path("mappings");
    return type == null ? mappings : mappings.path(type);
  }

  /** Indexes documents under the ids 0, 1, …, and makes them visible and durable. */
  void index(String index, List<byte[]> documents) throws Exception {
    ByteArrayOutputStream bulk = new ByteArrayOutputStream();
    for (int i = 0; i < documents.size(); i++) {
      bulk.writeBytes(("{\"index\":{\"_id\":\"" + i + "\"}}\n").getBytes(StandardCharsets.UTF_8));
      bulk.writeBytes(documents.get(i));
      bulk.write('\n');
    }
    JsonNode response =
        send("POST", "/" + index + (type == null ? "" : "/" + type) + "/_bulk", bulk.toByteArray());
    for (JsonNode item : response.path("items")) {
      assertThat(item.path("index").path("status").asInt())
          .as(() -> shortened(item) + " of " + shortened(documents, item))
          .isBetween(200, 201);
    }
    send("POST", "/" + index + "/_flush?force=true", "");
    send("POST", "/" + index + "/_refresh", "");
  }

  private static String shortened(Object text) {
    String string = text.toString();
    return string.substring(0, Math.min(string.length(), 2000));
  }

  private static String shortened(List<byte[]> documents, JsonNode item) {
    int id = item.path("index").path("_id").asInt();
    return shortened(new String(documents.get(id), StandardCharsets.UTF_8));
  }

  /** Ids and sources of what a query finds, in the ids' order. */
  Map<Integer, JsonNode> search(String index, String query) throws Exception {
    String source = hidesVectors ? "\"_source\":{\"exclude_vectors\":false}," : "";
    JsonNode found =
        send(
            "POST",
            "/" + index + "/_search",
            "{" + source + "\"size\":1000,\"query\":" + query + "}");
    Map<Integer, JsonNode> sources = new TreeMap<>();
    found
        .path("hits")
        .path("hits")
        .forEach(hit -> sources.put(hit.path("_id").asInt(), hit.path("_source")));
    return sources;
  }
}
