package io.cesync.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a search server whether its indices can be used yet. */
final class HttpProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final HttpRequest request;

  HttpProbe(URI uri) {
    this.request =
        HttpRequest.newBuilder(
                URI.create(uri + "/_cluster/health?wait_for_status=yellow&timeout=1s"))
            .timeout(TIMEOUT)
            .build();
  }

  boolean ready() {
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      // With security on, the caller has the password and this class has not.
      return status == OK || status == UNAUTHORIZED;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
