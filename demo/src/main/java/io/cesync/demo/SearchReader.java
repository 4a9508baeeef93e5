package io.cesync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.local.SearchServer;
import io.cesync.mapping.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Reads Elasticsearch with nothing of the daemon's. Thread-safe. */
public final class SearchReader {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int PAGE = 2000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI uri;
  private final SearchApi api;

  public SearchReader(SearchServer server) {
    this.uri = server.uri();
    this.api = SearchApi.of(server);
  }

  /** All documents of an index, by id: they have to fit into memory. */
  public Map<String, JsonNode> documents(String index) throws InterruptedException {
    send("POST", "/" + index + "/_refresh", "");
    Map<String, JsonNode> documents = new HashMap<>();
    JsonNode page =
        send(
            "POST",
            "/" + index + "/_search?scroll=1m",
            "{\"size\": %d, \"sort\": [\"_doc\"]}".formatted(PAGE));
    String scroll = "{\"scroll\": \"1m\", \"scroll_id\": %s}".formatted(page.path("_scroll_id"));
    while (!page.path("hits").path("hits").isEmpty()) {
      for (JsonNode hit : page.path("hits").path("hits")) {
        documents.put(hit.path("_id").asText(), api.told(hit));
      }
      page = send("POST", "/_search/scroll", scroll);
    }
    send("DELETE", "/_search/scroll", "{\"scroll_id\": [%s]}".formatted(page.path("_scroll_id")));
    return documents;
  }

  /** How many documents can be found now. */
  public long count(String index) throws InterruptedException {
    return send("GET", "/" + index + "/_count", "").path("count").asLong();
  }

  /** How many index and delete operations an index ever took, refused ones included. */
  public long operations(String index) throws InterruptedException {
    JsonNode indexing =
        send("GET", "/" + index + "/_stats/indexing", "").at("/_all/primaries/indexing");
    return indexing.path("index_total").asLong()
        + indexing.path("index_failed").asLong()
        + indexing.path("delete_total").asLong();
  }

  /** Throws unless it is answered with 200. */
  private JsonNode send(String method, String path, String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException(
            "%s %s answered %d: %s"
                .formatted(
                    method,
                    path,
                    response.statusCode(),
                    JSON.readTree(response.body()).path("error").path("reason").asText()));
      }
      return Documents.read(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
