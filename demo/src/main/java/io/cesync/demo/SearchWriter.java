package io.cesync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.demo.SearchApi.Sent;
import io.cesync.local.SearchServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Writes documents as an application does, with nothing of the daemon's. Thread-safe. */
public final class SearchWriter {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI uri;
  private final SearchApi api;

  public SearchWriter(SearchServer server) {
    this.uri = server.uri();
    this.api = SearchApi.of(server);
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
    Sent sent = api.sent(document);
    String parameters = sent.parameter().isEmpty() ? "" : "?" + sent.parameter();
    return result(send("PUT", api.document(index, id) + parameters, sent.source()));
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
    Sent sent = api.sent(fields);
    String parameters =
        "?retry_on_conflict=20" + (sent.parameter().isEmpty() ? "" : "&" + sent.parameter());
    JsonNode body = JSON.createObjectNode().put("doc_as_upsert", upsert).set("doc", sent.source());
    return result(send("POST", api.update(index, id) + parameters, body));
  }

  public Result delete(String index, String id) throws IOException, InterruptedException {
    return result(send("DELETE", api.document(index, id), null));
  }

  /** A document as it is now. */
  public Optional<JsonNode> get(String index, String id) throws IOException, InterruptedException {
    JsonNode answer = send("GET", api.document(index, id), null).body();
    return answer.path("found").asBoolean() ? Optional.of(api.told(answer)) : Optional.empty();
  }

  /** Not all servers say in words what they did. */
  private static Result result(Answer answer) {
    if (answer.status() == 201) {
      return Result.CREATED;
    }
    // An update that would change nothing is carried out on no shard.
    boolean done = answer.status() == 200 && answer.body().at("/_shards/total").asInt() > 0;
    return done ? Result.CHANGED : Result.NOTHING;
  }

  private record Answer(int status, JsonNode body) {}

  /** Throws unless it is answered with success, that there is no such document, or a conflict. */
  private Answer send(String method, String path, JsonNode body)
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
    return new Answer(response.statusCode(), answer);
  }

  private static boolean isMissingDocument(JsonNode answer) {
    return answer.path("error").path("type").asText().equals("document_missing_exception");
  }
}
