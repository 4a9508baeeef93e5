package io.cesync.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;

/**
 * Users and roles of the search server, in its files: the server that tests have lacks a module
 * that it would need to keep them itself.
 */
final class SearchUsers {
  private final URI server;
  private final Path config;
  private String users = "";
  private String roles = "";

  /**
   * @param config the server's folder
   */
  SearchUsers(URI server, Path config) {
    this.server = server;
    this.config = config;
  }

  /** Adds a user, and waits until it can log in. */
  void add(String name, String password, String role) throws IOException {
    users += name + ":{SHA}" + sha1(password) + "\n";
    roles += role + ":" + name + "\n";
    Files.writeString(config.resolve("users"), users);
    Files.writeString(config.resolve("users_roles"), roles);
    String credentials = name + ":" + password;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/_security/_authenticate"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.send(request, BodyHandlers.ofString()).body().contains(role));
  }

  /**
   * Defines a role.
   *
   * @param json as the server's own interface takes it, which is YAML, too
   */
  void define(String role, String json) throws IOException {
    Files.writeString(config.resolve("roles.yml"), role + ": " + json.replace('\n', ' ') + "\n");
  }

  private static String sha1(String password) {
    try {
      byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
