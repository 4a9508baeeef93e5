package io.cesync.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cesync.UserError;
import io.cesync.settings.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers from the board, on threads of its own. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService threads;

  private record Answer(int code, String type, String body) {}

  private WebServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to answer; does nothing, and gives null, if it isn't wanted.
   *
   * @param once whether the daemon ends by itself, and so isn't watched
   * @throws UserError if the address can't be had
   */
  public static WebServer start(HttpSettings settings, Board board, boolean once) {
    if (!settings.enabled() || once) {
      return null;
    }
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 50);
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          "Can't listen at %s:%d (%s). Another daemon or program may have the port: set http.port to a free one, http.host to an address of this machine, or http.enabled to false."
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "cesync-http");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    Metrics metrics = new Metrics(board);
    String page = page();
    server.createContext(
        "/", exchange -> answer(exchange, () -> of(exchange, board, metrics, page)));
    server.start();
    LOG.info("Status page at http://{}:{}/.", settings.host(), settings.port());
    return new WebServer(server, threads);
  }

  private static Answer of(HttpExchange exchange, Board board, Metrics metrics, String page) {
    if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      return new Answer(405, "text/plain", "Only GET.\n");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/" -> new Answer(200, "text/html", page);
      case "/status" -> new Answer(200, JSON, Json.status(board));
      case "/health" -> health(board.problems());
      case "/ready" ->
          health(board.view().waiting().isEmpty() ? List.of() : List.of(board.view().waiting()));
      case "/metrics" -> new Answer(200, "text/plain; version=0.0.4", metrics.scrape());
      default -> new Answer(404, "text/plain", "There is /, /status, /health, /ready, /metrics.\n");
    };
  }

  private static Answer health(List<String> problems) {
    return new Answer(problems.isEmpty() ? 200 : 503, JSON, Json.health(problems));
  }

  private static void answer(HttpExchange exchange, java.util.function.Supplier<Answer> question)
      throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = question.get();
      } catch (RuntimeException e) {
        LOG.warn("{} could not be answered", exchange.getRequestURI(), e);
        answer = new Answer(500, "text/plain", "The daemon's log says what went wrong.\n");
      }
      byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
      var headers = exchange.getResponseHeaders();
      String charset = answer.type.equals(JSON) ? "" : "; charset=utf-8";
      headers.set("Content-Type", answer.type + charset);
      headers.set("Cache-Control", "no-store");
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.code, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String page() {
    try (InputStream in = WebServer.class.getResourceAsStream("/io/cesync/http/page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
