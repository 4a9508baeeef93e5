package io.cesync.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;

/** A search server that takes bulks and answers them as a script says. */
final class ScriptedServer implements AutoCloseable {

  /**
   * A bulk that was received.
   *
   * @param ids of its operations, in order
   * @param bytes of its body
   */
  record Bulk(List<String> ids, int bytes) {}

  /** An answer; a status of 0 drops the connection. */
  record Answer(int status, String body) {

    static final Answer DROPPED = new Answer(0, "");

    static Answer of(int status, String type) {
      return new Answer(
          status, "{\"error\":{\"type\":\"%s\",\"reason\":\"scripted\"}}".formatted(type));
    }

    /** Of a bulk whose items have these statuses. */
    static Answer items(Stream<String> items) {
      return new Answer(200, items.collect(Collectors.joining(",", "{\"items\":[", "]}")));
    }
  }

  private final List<Bulk> bulks = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final SearchClient client;
  private volatile Function<Bulk, Answer> script = ScriptedServer::accept;

  ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    int port = server.getAddress().getPort();
    client = new SearchClient(RestClient.builder(new HttpHost("127.0.0.1", port)).build());
  }

  static Answer accept(Bulk bulk) {
    return Answer.items(bulk.ids.stream().map(id -> item(200, "")));
  }

  static String item(int status, String error) {
    return error.isEmpty()
        ? "{\"index\":{\"status\":%d}}".formatted(status)
        : "{\"index\":{\"status\":%d,\"error\":{\"type\":\"%s\",\"reason\":\"scripted\"}}}"
            .formatted(status, error);
  }

  void script(Function<Bulk, Answer> script) {
    this.script = script;
  }

  SearchClient client() {
    return client;
  }

  /** What came, in order. */
  List<Bulk> bulks() {
    return bulks;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Bulk bulk = new Bulk(ids(body), body.getBytes(UTF_8).length);
    bulks.add(bulk);
    Answer answer = script.apply(bulk);
    if (answer.status == 0) {
      exchange.close();
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
    byte[] bytes = answer.body.getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static List<String> ids(String body) {
    return body.lines()
        .filter(line -> line.contains("\"_id\""))
        .map(line -> line.replaceAll(".*\"_id\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
