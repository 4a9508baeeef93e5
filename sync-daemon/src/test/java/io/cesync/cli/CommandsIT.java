package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.cesync.live.DaemonProcess;
import io.cesync.live.LiveServers;
import io.cesync.live.LogLines;
import io.cesync.live.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LiveServers.Extension.class)
class CommandsIT {

  private static final String SECRET = "hunter2-secret";

  @TempDir Path directory;
  private final LiveServers servers;

  CommandsIT(LiveServers servers) {
    this.servers = servers;
  }

  private static Cli run(Site site, String command) {
    return Cli.run(command, "-c", site.settingsFile().toString());
  }

  @Test
  void installSaysWhatItDidAndCanBeRepeated() {
    Site site =
        new Site(servers, directory)
            .table("t", "k int PRIMARY KEY, v text", "k")
            .table("u", "k int PRIMARY KEY, v text", "k");
    String t = site.keyspace() + ".t";
    assertThat(run(site, "check").all()).contains(t + ": it has no trigger");

    Cli first = run(site, "install");
    assertThat(first.exitCode()).isZero();
    assertThat(first.outLines())
        .contains(
            "The trigger works through the node.",
            "Created the index " + site.index("t") + " for " + t + ".",
            "Created the trigger on " + t + " (atomic).",
            "Ready: 2 tables. Start with ./run.sh");

    site.cql("ALTER TABLE KS.u ADD w text");
    Cli second = run(site, "install");
    assertThat(second.exitCode()).isZero();
    assertThat(second.outLines())
        .contains(
            "The change log logger.log was there.",
            "The index " + site.index("t") + " was there.",
            "The trigger on " + t + " was there.",
            "Added 1 field(s) to the index " + site.index("u") + ".",
            "Ready: 2 tables. Start with ./run.sh")
        .noneMatch(line -> line.startsWith("Created"));

    Cli check = run(site, "check");
    assertThat(check.exitCode()).isZero();
    assertThat(check.out())
        .isEqualTo(
            "All is well: 2 table(s), Cassandra with 1 node(s), Elasticsearch 8.19.20."
                + System.lineSeparator());
  }

  @Test
  void statementsThatWerePreparedBeforeTheInstallationAreLoggedToo() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text", "k");
    site.cql("ALTER TABLE KS.t WITH gc_grace_seconds = 4711");
    PreparedStatement insert =
        servers
            .session()
            .prepare("INSERT INTO " + site.keyspace() + ".t (k, v) VALUES (?, 'prepared')");
    servers.session().execute(insert.bind(1));

    assertThat(run(site, "install").exitCode()).isZero();

    servers.session().execute(insert.bind(2));
    String log = "SELECT logged_key FROM logger.log WHERE logged_keyspace = ? ALLOW FILTERING";
    assertThat(site.cql(log, site.keyspace()).all())
        .extracting(row -> row.getString(0))
        .containsExactly("{\"k\":2}");
    String grace =
        "SELECT gc_grace_seconds FROM system_schema.tables WHERE keyspace_name = ? AND table_name = 't'";
    assertThat(site.cql(grace, site.keyspace()).one().getInt(0)).isEqualTo(4711);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "run", "once"})
  void allThatIsMissingIsToldAtOnce(String command) {
    Site site =
        new Site(servers, directory)
            .table("untriggered", "k int PRIMARY KEY", "k")
            .listed("missing", "", "k")
            .table("refused", "k int PRIMARY KEY, v text", "k")
            .table("narrow", "k int PRIMARY KEY, v text", "k");
    for (String table : new String[] {"refused", "narrow"}) {
      site.cql("CREATE TRIGGER cesync ON KS." + table + " USING 'io.cesync.trigger.LogTrigger'");
    }
    servers.rest().ok("PUT", "/" + site.index("untriggered"), null);
    servers
        .rest()
        .ok(
            "PUT",
            "/" + site.index("refused"),
            """
            {"mappings": {"properties": {"k": {"type": "integer"}, "v": {"type": "date"}}}}
            """);

    Cli cli = run(site, command);

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.all())
        .contains("problems:\n")
        .contains(site.keyspace() + ".untriggered: it has no trigger", "./run.sh install")
        .contains(site.keyspace() + ".missing: there is no such table")
        .contains("index " + site.index("refused") + ": v: it is mapped as")
        .contains(site.index("narrow") + ": there is no such index")
        .doesNotContain("\tat ");
  }

  @Test
  void aLedgerOfAFormerBuildIsFoundAtOnce() {
    Site site = new Site(servers, directory);
    site.cql("CREATE TABLE KS.t (k int PRIMARY KEY, v text)");
    site.listed("t", ", direction: both", "k");
    site.install();
    site.cql("ALTER TABLE logger.ledger DROP entry");
    try {
      Cli check = run(site, "check");

      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(check.all())
          .contains(site.keyspace() + ".t: the ledger, logger.ledger, is of a former build")
          .contains("Drop it and logger.ledger_by_seq_no");
    } finally {
      site.cql("ALTER TABLE logger.ledger ADD entry blob");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusedPasswordOfTheSearchServerIsOneClearLine(int status) throws IOException {
    HttpServer refusing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    refusing.createContext(
        "/",
        exchange -> {
          byte[] body =
              "{\"error\":{\"type\":\"security_exception\",\"reason\":\"unable to authenticate user [cesync]\"}}"
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    refusing.start();
    try (LogLines log = new LogLines()) {
      Site site =
          new Site(servers, directory)
              .table("t", "k int PRIMARY KEY", "k")
              .option(
                  "elasticsearch",
                  "{hosts: [\"http://127.0.0.1:%d\"], username: cesync, password: %s}"
                      .formatted(refusing.getAddress().getPort(), SECRET));
      for (String command : new String[] {"run", "once", "install", "check"}) {
        Cli cli = run(site, command);

        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err().lines())
            .singleElement()
            .asString()
            .startsWith("cesync: The search server at http://127.0.0.1:")
            .contains("refused the credentials (elasticsearch.username, password, api_key)")
            .contains("status " + status + ", security_exception: unable to authenticate");
        assertThat(cli.all() + log.all()).doesNotContain(SECRET);
      }
    } finally {
      refusing.stop(0);
    }
  }

  @Test
  void onceEndsWhenNothingIsLeft() {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text", "k");
    site.install();
    for (int k = 0; k < 100; k++) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'first')", k);
    }
    assertThat(run(site, "once").exitCode()).isZero();
    assertThat(site.documents("t")).hasSize(100).isEqualTo(site.rows("t"));

    for (int k = 50; k < 150; k++) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'second')", k);
    }
    site.cql("DELETE FROM KS.t WHERE k = 1");
    assertThat(run(site, "once").exitCode()).isZero();
    assertThat(site.documents("t")).hasSize(149).isEqualTo(site.rows("t"));
    assertThat(run(site, "once").exitCode()).isZero();
  }

  @Test
  void aSignalEndsItInGoodOrderAndASecondOneIsRefusedMeanwhile() throws IOException {
    Site site = new Site(servers, directory).table("t", "k int PRIMARY KEY, v text", "k");
    site.install();
    try (DaemonProcess daemon = site.process("run")) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (1, 'first')");
      site.awaitEqual("t");
      await().until(() -> site.state("t").counts().applied() > 0);

      Cli second = run(site, "run");
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err()).startsWith("cesync: Another daemon (pid ");
      Cli status = Cli.run("status", "--json", "-c", site.settingsFile().toString());
      assertThat(new ObjectMapper().readTree(status.out()).path("running").asBoolean()).isTrue();

      for (int k = 2; k < 100; k++) {
        site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'last')", k);
      }
      daemon.terminate();
      assertThat(daemon.exitCode(15)).isZero();
      assertThat(daemon.output()).doesNotContain("ERROR", "\tat ");
      assertThat(run(site, "status").out()).contains("it ended in good order");
    }
    site.once();
    site.awaitEqual("t");
  }
}
