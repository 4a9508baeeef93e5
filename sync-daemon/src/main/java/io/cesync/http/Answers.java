package io.cesync.http;

import io.cesync.watch.Board;
import io.cesync.watch.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is answered to whom. Thread-safe. */
final class Answers {
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final Board board;
  private final Metrics metrics;
  private final String page = page();

  Answers(Board board, Metrics metrics) {
    this.board = board;
    this.metrics = metrics;
  }

  Answer to(String method, String path) {
    if (!METHODS.contains(method)) {
      return Answer.text(405, "Only GET and HEAD.");
    }
    return switch (path) {
      case "/" -> new Answer(200, "text/html; charset=utf-8", page);
      case "/status" -> Answer.json(200, Json.status(board.view()));
      case "/metrics" -> new Answer(200, Metrics.TYPE, metrics.scrape());
      case "/health" -> ofReasons(board.view().problems());
      case "/ready" -> ofReasons(unready(board.view()));
      default -> Answer.text(404, "There is /, /status, /metrics, /health and /ready.");
    };
  }

  /** It follows the tables, and both servers answer. */
  private static List<String> unready(View view) {
    List<String> reasons = new ArrayList<>(view.problems());
    view.waiting().ifPresent(reasons::add);
    reasons.addAll(view.notices());
    if (reasons.isEmpty() && view.vitals().isEmpty()) {
      reasons.add("Starting");
    }
    return reasons;
  }

  private static Answer ofReasons(List<String> reasons) {
    return Answer.json(reasons.isEmpty() ? 200 : 503, Json.health(reasons));
  }

  private static String page() {
    try (InputStream in = Answers.class.getResourceAsStream("page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
