package io.cesync.live;

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
import java.util.Map;
import java.util.TreeMap;

/** Requests to a search server, independent of the daemon's own client. */
public final class Rest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;

  Rest(URI server) {
    this.server = server;
  }

  /** The answer's status and body. */
  public record Answer(int status, JsonNode body) {}

  /** Sends a request, with a JSON body unless it is null. */
  public Answer send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a request that must succeed. */
  public JsonNode ok(String method, String path, String body) {
    Answer answer = send(method, path, body);
    if (answer.status >= 300) {
      throw new IllegalStateException(method + " " + path + ": " + answer);
    }
    return answer.body;
  }

  /** All documents of an index by their ids; for indices of up to 10,000. */
  public Map<String, JsonNode> documents(String index) {
    ok("POST", "/" + index + "/_refresh", null);
    JsonNode hits = ok("GET", "/" + index + "/_search?size=10000", null).path("hits");
    Map<String, JsonNode> documents = new TreeMap<>();
    for (JsonNode hit : hits.path("hits")) {
      documents.put(hit.path("_id").asText(), hit.path("_source"));
    }
    return documents;
  }

  public void setIndex(String index, String settings) {
    ok("PUT", "/" + index + "/_settings", settings);
  }
}
