package io.cesync.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An answer to a request. */
record Answer(int code, String type, String body) {

  static Answer text(int code, String line) {
    return new Answer(code, "text/plain; charset=utf-8", line + "\n");
  }

  static Answer json(int code, String json) {
    return new Answer(code, "application/json", json);
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    // Whatever got into the page can load nothing from elsewhere, and tell nobody.
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src"
            + " 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    if (code == 405) {
      headers.set("Allow", "GET, HEAD");
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      headers.set("Content-Length", Integer.toString(bytes.length));
    }
    exchange.sendResponseHeaders(code, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
