package io.cesync.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cesync.UserError;
import io.cesync.inspect.Problem;
import io.cesync.settings.HttpSettings;
import io.cesync.watch.Board;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon's HTTP server, on a few threads of its own. */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int MOST_THREADS = 4;

  static {
    // In seconds. One who is slow to ask, or to listen, must not keep a thread.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Answers answers;

  private WebServer(HttpServer server, Answers answers) {
    this.server = server;
    this.answers = answers;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            WebServer::thread);
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "cesync-http");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Starts to answer.
   *
   * @throws UserError if the address can't be had
   */
  public static WebServer start(HttpSettings settings, Board board, Metrics metrics) {
    WebServer made;
    try {
      made = new WebServer(bound(settings), new Answers(board, metrics));
    } catch (IOException e) {
      throw new UserError(problem(settings, e).toString(), e);
    }
    made.server.setExecutor(made.threads);
    made.server.createContext("/", made::answer);
    made.server.start();
    LOG.info("The status page is at {}.", made.page());
    return made;
  }

  /** Why it couldn't be started just now; empty if it could. */
  public static Optional<Problem> problem(HttpSettings settings) {
    try {
      bound(settings).stop(0);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(problem(settings, e));
    }
  }

  private static HttpServer bound(HttpSettings settings) throws IOException {
    InetAddress address = InetAddress.getByName(settings.host());
    return HttpServer.create(new InetSocketAddress(address, settings.port()), 0);
  }

  private static Problem problem(HttpSettings settings, IOException cause) {
    return new Problem(
        "http.port",
        "the status page can't be served at %s:%d (%s)"
            .formatted(settings.host(), settings.port(), cause.getMessage()),
        cause instanceof BindException
            ? "If another daemon or program has that port, set http.port to a free one (0 takes any); if this machine hasn't that address, set http.host; or set http.enabled to false"
            : "Set http.host to an address of this machine");
  }

  /** The URL of the status page. */
  public String page() {
    InetSocketAddress at = server.getAddress();
    String host = at.getAddress().isAnyLocalAddress() ? "127.0.0.1" : at.getHostString();
    return "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, at.getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answers.to(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
      } catch (RuntimeException e) {
        LOG.warn("{} could not be answered", exchange.getRequestURI(), e);
        answer = Answer.text(500, "The daemon's log says what went wrong.");
      }
      answer.send(exchange);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
