package io.cesync.http;

import static io.cesync.watch.Looks.BACK;
import static io.cesync.watch.Looks.PRODUCT;
import static io.cesync.watch.Looks.THERE;
import static io.cesync.watch.Looks.busy;
import static io.cesync.watch.Looks.idle;
import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.settings.HttpSettings;
import io.cesync.settings.TableName;
import io.cesync.state.Counts;
import io.cesync.state.DaemonState;
import io.cesync.state.SnapshotState;
import io.cesync.state.StreamState;
import io.cesync.watch.Looks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page in a real browser. Its pictures are left in target/status-page. */
class StatusPageIT {
  private static final Path PICTURES = Path.of("target/status-page");
  private static final TableName ORDERS = new TableName("shop", "order_line");
  private static final TableName VISITS = new TableName("shop", "visits");

  @TempDir static Path profile;

  private final Looks looks = new Looks();
  private Browser browser;
  private WebServer server;

  @BeforeEach
  void start() {
    browser = Browser.find(profile);
    server =
        WebServer.start(
            new HttpSettings(true, "127.0.0.1", 0), looks.board, new Metrics(looks.board));
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Ten minutes of a shop: a two-way table that is well, and others as they are told. */
  private void tenMinutes(boolean copying, boolean stuck) {
    looks.following();
    looks.board.saved(
        Optional.of(
            new DaemonState(
                ProcessHandle.current().pid(),
                "h",
                looks.instant(),
                looks.instant(),
                true,
                Optional.of(server.page()))));
    Instant began = looks.instant();
    for (int i = 0; i < 600; i++) {
      looks.after(Duration.ofSeconds(1));
      Instant now = looks.instant();
      long wave = Math.round(60 + 40 * Math.sin(i / 40.0) + (i % 97 == 0 ? 900 : 0));
      int done = i;
      looks
          .put(PRODUCT, THERE, idle(now.minusMillis(wave)), s -> synced(s, now, done * 34L, wave))
          .put(PRODUCT, BACK, idle(now.minusMillis(wave / 2)), s -> synced(s, now, done * 5L, wave))
          .put(
              ORDERS,
              THERE,
              stuck ? busy(now, began.plusSeconds(420), Math.min(done, 420)) : idle(now),
              s -> stuck ? stuck(s, now, began, done) : synced(s, now, done * 12L, 20));
      if (copying) {
        looks.put(
            VISITS,
            THERE,
            idle(now),
            s -> {
              SnapshotState copy = SnapshotState.begun(began, 512, List.of(), began);
              for (int range = 0; range < done / 3; range++) {
                copy = copy.withRange(range, 1234);
              }
              return synced(s, now, done * 410L, 5).withSnapshot(copy);
            });
      }
      looks.look();
    }
  }

  private static StreamState synced(StreamState before, Instant now, long done, long lag) {
    return before
        .withPosition(now.minusSeconds(61))
        .withCounts(new Counts(done, done / 9, 0, 0, 0, 0, 0, 0))
        .withLag(new StreamState.Lag(0, lag / 2, lag));
  }

  private static StreamState stuck(StreamState before, Instant now, Instant began, int done) {
    long moved = Math.min(done, 420);
    Instant position = began.plusSeconds(moved - 60);
    long waits = Math.max(0, Duration.between(began.plusSeconds(420), now).toMillis());
    StreamState state =
        before
            .withPosition(position)
            .withCounts(new Counts(moved * 12, 0, 0, done - moved, 2, 0, 0, 0))
            .withLag(new StreamState.Lag(waits, 20, 40));
    return done < 421
        ? state
        : state.withLastError(
            new StreamState.LastError(
                now.minusSeconds(3),
                "cluster_block_exception: index [shop_order_line] blocked by:"
                    + " [FORBIDDEN/8/index write (api)];<img src=x onerror=\"document.title='pwned'\">"));
  }

  private void pictures(String name) throws IOException {
    Files.createDirectories(PICTURES);
    browser.screenshot(server.page(), PICTURES.resolve(name + "-wide.png"), 1280, 800, false);
    browser.screenshot(server.page(), PICTURES.resolve(name + "-phone.png"), 390, 1500, true);
    for (String kind : List.of("-wide.png", "-phone.png")) {
      assertThat(ImageIO.read(PICTURES.resolve(name + kind).toFile())).isNotNull();
    }
  }

  /** What a reader sees of the page, without markup. */
  private static String text(String html) {
    return html.replaceAll("(?s)<(script|style|noscript).*?</\\1>", "")
        .replaceAll("<[^>]+>", " ")
        .replaceAll("&nbsp;|\\s+", " ");
  }

  private static String section(String html, String name) {
    Matcher matcher =
        Pattern.compile("(?s)<section><h2>" + Pattern.quote(name) + "</h2>.*?</section>")
            .matcher(html);
    assertThat(matcher.find()).as(name + " in " + text(html)).isTrue();
    return matcher.group();
  }

  @Test
  void aGlanceTellsThatAllIsWell() throws IOException {
    tenMinutes(false, false);

    String html = browser.dom(server.page());

    assertThat(html)
        .contains("<title>Keeps up · cesync</title>", "<header id=\"head\" class=\"keeps-up\">");
    assertThat(text(html))
        .contains("2 tables · 56.5 ", "changes/s · 99 % within", "0 dead letters")
        .contains("Cassandra answers", "Elasticsearch answers");
    String product = section(html, "shop.product");
    assertThat(product).contains("<polyline points=\"", "Lag of the last ten minutes, at most");
    assertThat(text(product))
        .contains(
            "Table → index Keeps up",
            "Index → table Keeps up",
            "p50 / p99 43 / 87 ms",
            "position 61 s ago");
    pictures("well");
  }

  @Test
  void aTableThatStandsStillIsSeenAtOnceWithTheReason() throws IOException {
    tenMinutes(true, true);

    String html = browser.dom(server.page());

    assertThat(html)
        .contains("<title>Stalled · cesync</title>", "<header id=\"head\" class=\"stalled\">");
    assertThat(text(html))
        .contains("shop.order_line, cassandra-to-elasticsearch: no progress for", "2 dead letters");
    String orders = section(html, "shop.order_line");
    assertThat(text(orders))
        .contains("Stalled", "lag now 3 min", "Last error, 3.0 s ago: cluster_block");
    // Told as text: it may come from anywhere.
    assertThat(orders).contains("&lt;img src=x").doesNotContain("<img");
    String visits = section(html, "shop.visits");
    assertThat(text(visits)).contains("Copying", "First copy: 38 %", "rows");
    assertThat(visits).contains("<progress");
    // What is wrong comes first.
    assertThat(html.indexOf("<h2>shop.order_line")).isLessThan(html.indexOf("<h2>shop.visits"));
    assertThat(html.indexOf("<h2>shop.visits")).isLessThan(html.indexOf("<h2>shop.product"));
    assertThat(text(section(html, "shop.product"))).contains("Keeps up").doesNotContain("Stalled");
    pictures("stalled");
  }

  @Test
  void aDaemonThatFollowsNothingYetSaysWhatItWaitsFor() throws IOException {
    looks.board.waiting("Cassandra can't be reached at 127.0.0.1:9042.");

    String html = browser.dom(server.page());

    assertThat(text(html))
        .contains("Waiting", "Cassandra can't be reached at 127.0.0.1:9042.")
        .doesNotContain("0 tables", "answer");
    pictures("waiting");
  }
}
