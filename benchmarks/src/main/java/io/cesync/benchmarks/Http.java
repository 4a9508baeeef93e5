package io.cesync.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionStage;

/** Requests to the search server that are not measured themselves. Thread-safe. */
final class Http {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;

  Http(URI server) {
    this.server = server;
  }

  JsonNode get(String path) {
    return send("GET", path, "");
  }

  /** A request with a JSON body; {@code ""} for none. */
  JsonNode send(String method, String path, String body) {
    try {
      return json(client.send(request(method, path, body), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As {@link #send}, without waiting for the answer. */
  CompletionStage<JsonNode> sendAsync(String method, String path, String body) {
    return client
        .sendAsync(request(method, path, body), BodyHandlers.ofString())
        .thenApply(Http::json);
  }

  private HttpRequest request(String method, String path, String body) {
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Content-Type", "application/json")
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      if (answer.statusCode() >= 400) {
        throw new IOException(answer.request() + ": " + answer.statusCode() + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How many documents were indexed since the index was created; costs the server next to nothing.
   */
  long indexed(String index) {
    return get("/" + index + "/_stats/indexing?filter_path=_all.primaries.indexing.index_total")
        .at("/_all/primaries/indexing/index_total")
        .asLong();
  }

  /** How many documents match a query (as in a URL), after a refresh. */
  long count(String index, String query) {
    send("POST", "/" + index + "/_refresh", "");
    return get("/" + index + "/_count?q=" + query).path("count").asLong();
  }
}
