package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cesync.document.WriteResult.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.http.HttpEntity;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.ResponseListener;
import org.elasticsearch.client.RestClient;

/** Requests to Elasticsearch or OpenSearch, in plain JSON that all versions take. Thread-safe. */
public final class SearchClient implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();
  static final ContentType NDJSON = ContentType.create("application/x-ndjson");

  private final RestClient client;
  private final Dialect dialect;

  /** To ask for the server's version, before anything else. */
  public SearchClient(RestClient client) {
    this(client, ServerVersion.USUAL);
  }

  public SearchClient(RestClient client, ServerVersion server) {
    this.client = client;
    this.dialect = new Dialect(server);
  }

  /** The same client for a server that is of this version. Only one of them is to be closed. */
  public SearchClient speaking(ServerVersion server) {
    return new SearchClient(client, server);
  }

  /** What this client takes the server for. */
  public ServerVersion server() {
    return dialect.server();
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * Sends a request. A status of 400 and up completes the stage with a {@link ResponseException},
   * no answer with another {@link IOException}.
   */
  CompletionStage<Response> send(Request request) {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    try {
      client.performRequestAsync(
          request,
          new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
              answer.complete(response);
            }

            @Override
            public void onFailure(Exception exception) {
              answer.completeExceptionally(exception);
            }
          });
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  /** Sends a request with a JSON body (or none, if null), and reads the answer as JSON. */
  CompletionStage<JsonNode> json(String method, String path, JsonNode body) {
    return send(request(method, path, body)).thenApply(response -> parse(response.getEntity()));
  }

  /** The same for an answer that holds documents. */
  CompletionStage<DocumentAnswer> documents(String method, String path, JsonNode body) {
    return send(request(method, path, body))
        .thenApply(response -> DocumentAnswer.of(response.getEntity(), dialect));
  }

  private static Request request(String method, String path, JsonNode body) {
    Request request = new Request(method, path);
    if (body != null) {
      request.setEntity(new ByteArrayEntity(bytes(body), ContentType.APPLICATION_JSON));
    }
    return request;
  }

  /** The same, waiting for it. For set-up, not for the flow of documents. */
  JsonNode jsonNow(String method, String path, JsonNode body) throws IOException {
    try {
      return json(method, path, body).toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  static JsonNode parse(HttpEntity entity) {
    if (entity == null) {
      return MissingNode.getInstance();
    }
    try (InputStream content = entity.getContent()) {
      return JSON.readTree(content);
    } catch (IOException e) {
      throw new CompletionException("the answer is not JSON", e);
    }
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Whether a failure came from the search server, or from the way there. */
  public static boolean isOurs(Throwable thrown) {
    return cause(thrown) instanceof IOException;
  }

  /** Whether a failure that {@link #isOurs} concerns the server, or only the index. */
  public static Scope scope(Throwable thrown) {
    int status = status(thrown);
    boolean refused = status >= 400 && status < 500 && status != 401 && status != 429;
    return refused || cause(thrown) instanceof ShardsMissingException ? Scope.INDEX : Scope.SERVER;
  }

  /** Whether the server answered, but not for all of the index: it may once its nodes are back. */
  public static boolean lacksShards(Throwable thrown) {
    return cause(thrown) instanceof ShardsMissingException;
  }

  /** The status that a failed request was answered with, or 0 if there was no answer. */
  static int status(Throwable thrown) {
    return cause(thrown) instanceof ResponseException e
        ? e.getResponse().getStatusLine().getStatusCode()
        : 0;
  }

  /** A failure in a line. */
  public static String message(Throwable thrown) {
    Throwable cause = cause(thrown);
    return cause instanceof ResponseException e
        ? message(e.getResponse())
        : cause.getClass().getSimpleName()
            + String.valueOf(cause.getMessage()).lines().findFirst().map(": "::concat).orElse("");
  }

  private static String message(Response response) {
    int status = response.getStatusLine().getStatusCode();
    JsonNode error = MissingNode.getInstance();
    try {
      error = parse(response.getEntity()).path("error");
    } catch (CompletionException e) {
      // Something between us and the server answered; the status is all there is to tell.
    }
    return error.isObject()
        ? "status " + status + ", " + Failures.text(error, status)
        : "status " + status;
  }

  /** What stands behind a stage's failure. */
  static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
