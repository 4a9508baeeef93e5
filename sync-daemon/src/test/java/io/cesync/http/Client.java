package io.cesync.http;

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
import java.util.List;
import java.util.stream.Stream;

/** Asks a daemon's HTTP server. */
record Client(String page) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  HttpResponse<String> send(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(page).resolve(path))
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int code(String path) {
    return send("GET", path).statusCode();
  }

  JsonNode json(String path) {
    try {
      return JSON.readTree(send("GET", path).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of the sample of this name that has all these labels; fails if it isn't just one. */
  double metric(String name, String... labels) {
    List<String> lines =
        send("GET", "/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
            .filter(line -> Stream.of(labels).allMatch(line::contains))
            .toList();
    if (lines.size() != 1) {
      throw new AssertionError("not one " + name + ": " + lines);
    }
    return Double.parseDouble(lines.get(0).substring(lines.get(0).lastIndexOf(' ') + 1));
  }
}
