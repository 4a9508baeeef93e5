package io.cesync.http;

import static io.cesync.watch.Looks.BACK;
import static io.cesync.watch.Looks.PRODUCT;
import static io.cesync.watch.Looks.THERE;
import static io.cesync.watch.Looks.idle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.UserError;
import io.cesync.settings.HttpSettings;
import io.cesync.state.Counts;
import io.cesync.state.DaemonState;
import io.cesync.state.StreamState;
import io.cesync.watch.Looks;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private static final HttpSettings ANY_PORT = new HttpSettings(true, "127.0.0.1", 0);

  private final Looks looks = new Looks();
  private final Metrics metrics = new Metrics(looks.board);
  private final WebServer server = WebServer.start(ANY_PORT, looks.board, metrics);
  private final Client client = new Client(server.page());

  @AfterEach
  void stop() {
    server.close();
  }

  private void product(StreamState.Lag lag) {
    looks
        .following()
        .put(
            PRODUCT,
            THERE,
            idle(looks.instant().minusMillis(5000)),
            stream ->
                stream
                    .withCounts(new Counts(11, 12, 13, 14, 15, 16, 17, 18))
                    .withPosition(looks.instant().minusSeconds(60))
                    .withLag(lag))
        .put(PRODUCT, BACK, idle(looks.instant()))
        .look();
  }

  @Test
  void metricsAreThoseOfTheBoardPerTableAndDirection() {
    product(new StreamState.Lag(0, 30, 120));
    String[] labels = {"table=\"shop.product\"", "direction=\"cassandra-to-elasticsearch\""};

    assertThat(client.metric("cesync_applied_total", labels)).isEqualTo(11);
    assertThat(client.metric("cesync_deleted_total", labels)).isEqualTo(12);
    assertThat(client.metric("cesync_superseded_total", labels)).isEqualTo(13);
    assertThat(client.metric("cesync_retried_total", labels)).isEqualTo(14);
    assertThat(client.metric("cesync_dead_letters_total", labels)).isEqualTo(15);
    assertThat(client.metric("cesync_unconfirmed_total", labels)).isEqualTo(16);
    assertThat(client.metric("cesync_late_entries_total", labels)).isEqualTo(17);
    assertThat(client.metric("cesync_refused_counters_total", labels)).isEqualTo(18);
    assertThat(client.metric("cesync_lag_seconds", labels)).isEqualTo(5);
    assertThat(client.metric("cesync_lag_p50_seconds", labels)).isEqualTo(0.03);
    assertThat(client.metric("cesync_lag_p99_seconds", labels)).isEqualTo(0.12);
    assertThat(client.metric("cesync_position_age_seconds", labels)).isEqualTo(60);
    assertThat(client.metric("cesync_applied_total", "elasticsearch-to-cassandra")).isZero();
    assertThat(client.metric("cesync_server_up", "cassandra")).isEqualTo(1);
    assertThat(client.metric("cesync_healthy")).isEqualTo(1);
    assertThat(client.metric("cesync_verdict", "keeps-up")).isEqualTo(1);
    assertThat(client.metric("cesync_verdict", "stalled")).isZero();
  }

  @Test
  void whatWasNotMeasuredIsNoZero() {
    product(StreamState.Lag.of(0));

    assertThat(client.metric("cesync_lag_p99_seconds", "cassandra-to-elasticsearch")).isNaN();
    JsonNode lag = client.json("/status").at("/tables/0/lag_ms");
    assertThat(lag.has("last")).isTrue();
    assertThat(lag.has("p50") || lag.has("p99")).isFalse();
  }

  @Test
  void latenciesAreHistograms() {
    metrics.reads(PRODUCT, THERE).accept(TimeUnit.MILLISECONDS.toNanos(3));
    metrics.writes(PRODUCT, THERE).accept(TimeUnit.MILLISECONDS.toNanos(300));

    assertThat(client.metric("cesync_read_seconds_bucket", "le=\"0.002\"")).isZero();
    assertThat(client.metric("cesync_read_seconds_bucket", "le=\"0.005\"")).isEqualTo(1);
    assertThat(client.metric("cesync_bulk_seconds_bucket", "le=\"0.2\"")).isZero();
    assertThat(client.metric("cesync_bulk_seconds_bucket", "le=\"0.5\"")).isEqualTo(1);
    assertThat(client.metric("cesync_bulk_seconds_count", "shop.product")).isEqualTo(1);
  }

  @Test
  void aTableThatIsNotSyncedAnyMoreIsNotToldOf() {
    product(StreamState.Lag.of(0));
    assertThat(client.send("GET", "/metrics").body()).contains("cesync_applied_total{");

    looks.drop(PRODUCT).after(Duration.ofSeconds(1)).look();

    assertThat(client.send("GET", "/metrics").body())
        .contains("cesync_healthy")
        .doesNotContain("cesync_applied_total{", "cesync_lag_seconds{");
    looks.put(PRODUCT, THERE, idle(looks.instant())).after(Duration.ofSeconds(1)).look();
    assertThat(client.metric("cesync_applied_total", "shop.product")).isEqualTo(11);
  }

  @Test
  void healthAndReadinessFollowTheBoard() {
    assertThat(client.code("/ready")).isEqualTo(503);
    assertThat(client.code("/health")).isEqualTo(200);

    product(StreamState.Lag.of(0));
    assertThat(client.code("/ready")).isEqualTo(200);
    assertThat(client.json("/health").get("status").textValue()).isEqualTo("ok");

    looks.servers(true, false).look().after(Duration.ofSeconds(5)).look();
    assertThat(client.code("/ready")).isEqualTo(503);
    assertThat(client.code("/health")).isEqualTo(200);

    looks.after(Duration.ofSeconds(60)).look();
    HttpResponse<String> health = client.send("GET", "/health");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body()).contains("failing", "Elasticsearch hasn't answered for 65 s");
  }

  @Test
  void statusSaysWhatTheCommandSaysAndMore() {
    long pid = ProcessHandle.current().pid();
    looks.board.saved(
        Optional.of(
            new DaemonState(
                pid, "h", looks.instant(), looks.instant(), true, Optional.of(server.page()))));
    product(new StreamState.Lag(0, 30, 120));

    JsonNode status = client.json("/status");

    assertThat(status.get("running").booleanValue()).isTrue();
    assertThat(status.get("pid").longValue()).isEqualTo(pid);
    assertThat(status.get("page").textValue()).isEqualTo(server.page());
    assertThat(status.get("verdict").textValue()).isEqualTo("keeps-up");
    JsonNode there = status.at("/tables/0");
    assertThat(there.get("table").textValue()).isEqualTo("shop.product");
    assertThat(there.get("behind_ms").longValue()).isEqualTo(60_000);
    assertThat(there.get("oldest_ms").longValue()).isEqualTo(5000);
    assertThat(there.at("/counts/dead_letters").longValue()).isEqualTo(15);
    assertThat(there.at("/lag_history_ms/0").longValue()).isEqualTo(5000);
    assertThat(status.at("/tables/1/direction").textValue())
        .isEqualTo("elasticsearch-to-cassandra");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
  void nothingCanBeChanged(String method) {
    HttpResponse<String> answer = client.send(method, "/status");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/status", "/metrics", "/health"})
  void headIsGetWithoutTheBody(String path) {
    HttpResponse<String> head = client.send("HEAD", path);

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/../settings.yaml", "/settings", "/status/", "/%2e%2e/x", "/page.html"})
  void thereIsNothingElse(String path) {
    HttpResponse<String> answer =
        new Client(server.page()).send("GET", server.page() + path.substring(1));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("/metrics").doesNotContain(path);
  }

  @Test
  void thePageLoadsNothingFromElsewhere() {
    HttpResponse<String> page = client.send("GET", "/");

    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    assertThat(page.body().replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://", "https://", "src=", "@import", "innerHTML");
  }

  @Test
  void aPortThatIsTakenIsToldWithWhatToDo() {
    int port = URI.create(server.page()).getPort();
    HttpSettings taken = new HttpSettings(true, "127.0.0.1", port);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> WebServer.start(taken, looks.board, metrics))
        .withMessageContaining("can't be served at 127.0.0.1:" + port)
        .withMessageContaining("set http.port to a free one");
    assertThat(WebServer.problem(taken)).isPresent();
    assertThat(WebServer.problem(ANY_PORT)).isEmpty();
  }

  @Test
  void aHostThatIsNoneIsToldWithWhatToDo() {
    HttpSettings wrong = new HttpSettings(true, "no-such-host.invalid", 0);

    assertThat(WebServer.problem(wrong).orElseThrow().toString())
        .contains("no-such-host.invalid", "Set http.host to an address of this machine");
  }
}
