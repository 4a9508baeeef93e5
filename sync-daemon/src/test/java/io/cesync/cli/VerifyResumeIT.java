package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.daemon.Connections;
import io.cesync.live.DaemonProcess;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import io.cesync.state.State;
import io.cesync.verify.Options;
import io.cesync.verify.StoppedException;
import io.cesync.verify.Surroundings;
import io.cesync.verify.Verifier;
import io.cesync.verify.Watcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A {@code verify} that ends before its end, and one of a part. */
@ExtendWith(LiveServers.Extension.class)
class VerifyResumeIT {

  private static final int ROWS = 200;

  @TempDir Path directory;
  private final LiveServers servers;
  private Site site;
  private Path progress;

  VerifyResumeIT(LiveServers servers) {
    this.servers = servers;
  }

  @BeforeEach
  void fill() {
    site = new Site(servers, directory).table("t", "k int PRIMARY KEY, a text", "k");
    site.install();
    for (int k = 0; k < ROWS; k++) {
      site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'a')", k);
    }
    site.once();
    progress = directory.resolve("state.yaml.verify-" + site.keyspace() + ".t");
  }

  private void request(String method, String id, String body) {
    servers.rest().ok(method, "/" + site.index("t") + "/_doc/" + id, body);
  }

  private Cli verify(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "verify";
    arguments[1] = "-c";
    arguments[2] = site.settingsFile().toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Cli.run(arguments);
  }

  /** What is kept of an interrupted one. */
  private JsonNode kept() {
    try {
      return new ObjectMapper().readTree(progress.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long rowsDone() {
    return Files.exists(progress) ? kept().path("rows").asLong() : 0;
  }

  @Test
  void goesOnWhereItWasStoppedAndKilled() {
    request("DELETE", "1", null);
    request("PUT", "777", "{\"k\":777}");
    long stoppedAt;
    try (DaemonProcess first = site.process("verify", "--rate", "20")) {
      await().until(() -> rowsDone() > 20);
      first.terminate();
      assertThat(first.exitCode(20)).isEqualTo(1);
      assertThat(first.output())
          .contains(site.keyspace() + ".t: stopped; ./run.sh verify --resume goes on from here");
      stoppedAt = rowsDone();
      assertThat(stoppedAt).isBetween(20L, ROWS - 1L);
    }
    try (DaemonProcess second = site.process("verify", "--resume", "--rate", "20")) {
      await().until(() -> rowsDone() != stoppedAt);
      second.kill();
      assertThat(rowsDone()).as("what was done isn't done again").isGreaterThan(stoppedAt);
    }
    Cli last = verify("--resume");
    assertThat(last.all())
        .contains("going on with the comparison that began at ")
        .contains(ROWS + " rows, " + ROWS + " documents", "differences: 2 (1 missing, 1 too many")
        .contains("missing 1:", "too many 777:");
    assertThat(last.exitCode()).isEqualTo(1);
    assertThat(progress).doesNotExist();
    assertThat(verify("--resume").all()).contains("there is nothing to go on with");
  }

  /** Ends after so many questions whether it is time to. */
  private void stopAfter(int questions) throws IOException, InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    Watcher silent =
        new Watcher() {
          @Override
          public void done(int parts, int of) {}

          @Override
          public void say(String line) {}
        };
    try (Connections connections = Connections.open(site.settings())) {
      Verifier verifier =
          new Verifier(
              connections.session(),
              connections.client(),
              site.settings(),
              new Surroundings(
                  Clock.systemUTC(),
                  millis -> asked.incrementAndGet() > questions,
                  () -> State.EMPTY,
                  () -> false),
              false);
      Options options = Options.of(false, false, Optional.empty(), 1_000_000);
      assertThatThrownBy(
              () -> verifier.verify(verifier.tables(List.of()).get(0), options, silent, f -> {}))
          .isInstanceOf(StoppedException.class);
    }
  }

  @Test
  void takesNoProgressOfSomethingElse() throws IOException, InterruptedException {
    stopAfter(10);
    assertThat(rowsDone()).isBetween(1L, ROWS - 1L);
    String before = Files.readString(progress);
    assertThat(verify().all()).contains("--resume would have gone on with it", "all equal");
    Files.writeString(progress, before);
    site.relist("t", ", direction: cassandra-to-elasticsearch, max_documents: 7");
    assertThat(verify("--resume").all()).contains("was of other settings", "all equal");
    site.relist("t", ", direction: cassandra-to-elasticsearch");
    Files.writeString(progress, before);
    assertThat(verify("--resume", "--sample", "10").all()).contains("begins anew", "(a sample");
    Files.writeString(progress, before.replaceFirst("\"rowRanges\":\"[^\"]*", "\"rowRanges\":\"?"));
    assertThat(verify("--resume").all()).contains("can't be read", "all equal");
    Files.writeString(progress, before.substring(0, before.length() / 2));
    assertThat(verify("--resume").all()).contains("nothing to go on with", "all equal");
    Files.writeString(progress, before);
    Cli right = verify("--resume");
    assertThat(right.all())
        .contains(
            "going on with the comparison", ROWS + " rows, " + ROWS + " documents, all equal");
    assertThat(right.exitCode()).isZero();
  }

  @Test
  void aSampleIsOfBothSides() {
    StringBuilder documents = new StringBuilder();
    for (int k = 0; k < ROWS; k++) {
      documents.append("{\"index\":{\"_id\":\"1%04d\"}}\n{\"k\":1%04d}\n".formatted(k, k));
      site.cql("INSERT INTO KS.t (k, a) VALUES (?, 'new')", 20_000 + k);
    }
    servers.rest().ok("POST", "/" + site.index("t") + "/_bulk", documents.toString());
    Path file = directory.resolve("found");
    Cli part = verify("--sample", "20", "--output", file.toString());
    assertThat(part.exitCode()).isEqualTo(1);
    assertThat(part.all()).contains("(a sample: 19.9% of the rows, and as much of the documents)");
    // A fifth of each; so few or so many hardly ever.
    assertThat(found(file, "missing")).isBetween(10L, 90L);
    assertThat(found(file, "too_many")).isBetween(10L, 90L);
    for (String wrong : new String[] {"0", "-1", "101", "x", "NaN"}) {
      Cli refused = verify("--sample", wrong);
      assertThat(refused.exitCode()).as(wrong).isEqualTo(2);
      assertThat(refused.err()).contains("--sample");
    }
    assertThat(verify("--rate", "-1").exitCode()).isEqualTo(2);
  }

  private static long found(Path file, String kind) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.contains("\"kind\":\"" + kind + "\""))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
