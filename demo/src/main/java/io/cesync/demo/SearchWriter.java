package io.cesync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Writes documents as an application does, with nothing of the daemon's. Thread-safe. */
public final class SearchWriter {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI uri;

  public SearchWriter(URI uri) {
    this.uri = uri;
  }

  /** What became of a write. */
  public enum Result {
    CREATED,
    CHANGED,
    /** There was no such document, or it was so already, or somebody else was first. */
    NOTHING
  }

  /** Writes a whole document. */
  public Result put(String index, String id, JsonNode document)
      throws IOException, InterruptedException {
    return result(send("PUT", path(index, "_doc", id), document));
  }

  /** Changes some fields of a document, if it is there. */
  public Result update(String index, String id, JsonNode fields)
      throws IOException, InterruptedException {
    return update(index, id, fields, false);
  }

  /** The same, or writes a new document of these fields. */
  public Result upsert(String index, String id, JsonNode fields)
      throws IOException, InterruptedException {
    return update(index, id, fields, true);
  }

  private Result update(String index, String id, JsonNode fields, boolean upsert)
      throws IOException, InterruptedException {
    JsonNode body = JSON.createObjectNode().put("doc_as_upsert", upsert).set("doc", fields);
    return result(send("POST", path(index, "_update", id) + "?retry_on_conflict=20", body));
  }

  public Result delete(String index, String id) throws IOException, InterruptedException {
    return result(send("DELETE", path(index, "_doc", id), null));
  }

  /** A document as it is now. */
  public Optional<JsonNode> get(String index, String id) throws IOException, InterruptedException {
    JsonNode answer = send("GET", path(index, "_doc", id), null);
    return answer.path("found").asBoolean()
        ? Optional.of(answer.path("_source"))
        : Optional.empty();
  }

  private static String path(String index, String what, String id) {
    String escaped = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return "/" + index + "/" + what + "/" + escaped;
  }

  private static Result result(JsonNode answer) {
    return switch (answer.path("result").asText()) {
      case "created" -> Result.CREATED;
      case "updated", "deleted" -> Result.CHANGED;
      default -> Result.NOTHING;
    };
  }

  /** Throws unless it is answered with success, that there is no such document, or a conflict. */
  private JsonNode send(String method, String path, JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    JsonNode answer = JSON.readTree(response.body());
    boolean known =
        response.statusCode() == 404
            ? !answer.has("error") || isMissingDocument(answer)
            : response.statusCode() < 300 || response.statusCode() == 409;
    if (!known) {
      throw new IOException(
          method + " " + path + " answered " + response.statusCode() + ": " + answer);
    }
    return answer;
  }

  private static boolean isMissingDocument(JsonNode answer) {
    return answer.path("error").path("type").asText().equals("document_missing_exception");
  }
}
