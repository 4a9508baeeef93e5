package io.cesync.distribution;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import io.cesync.local.CassandraServers;
import io.cesync.local.LocalServers;
import io.cesync.local.SearchServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * What the guide finds when it begins: both servers, which ask for passwords, with two tables and
 * their application in one of them; and folders that stand for those of the system. Requests to the
 * search server without a user are a superuser's.
 */
final class GuideSite implements AutoCloseable {
  private static final Path ARCHIVE = Path.of("target/cesync.tar.gz");

  final CassandraServers cassandra;
  final SearchServer search;
  final Terminal terminal;
  final Placeholders placeholders = new Placeholders();
  private final Path home;
  private final SearchUsers users;

  GuideSite(Path root) throws IOException, InterruptedException {
    cassandra =
        LocalServers.cassandra()
            .config("authenticator", "PasswordAuthenticator")
            .config("authorizer", "CassandraAuthorizer")
            // What is granted counts at once, and what isn't any more doesn't.
            .config("roles_validity", "0ms")
            .config("permissions_validity", "0ms")
            .start();
    try {
      search =
          LocalServers.elasticsearch()
              .setting("xpack.security.enabled", true)
              .setting("xpack.security.authc.anonymous.username", "anyone")
              .setting("xpack.security.authc.anonymous.roles", "superuser")
              // How often it looks at its files with users.
              .setting("resource.reload.interval.high", "200ms")
              .start();
    } catch (RuntimeException e) {
      cassandra.close();
      throw e;
    }
    home = Files.createDirectories(root.resolve("home"));
    Files.copy(ARCHIVE, home.resolve("cesync-0.2.tar.gz"));
    terminal = new Terminal(home, Files.createDirectories(root.resolve("bin")));
    packOlderArchive();
    Path triggers = cassandra.node(0).triggersDir();
    Nodetool.write(root.resolve("bin/nodetool"), triggers.resolveSibling("java.arguments"));
    for (String folder : new String[] {"/opt", "/var/lib/cesync"}) {
      placeholders.with(folder, Files.createDirectories(root.resolve(folder.substring(1))) + "");
    }
    var address = cassandra.contactPoints().get(0);
    String node = address.getAddress().getHostAddress() + ":" + address.getPort();
    placeholders
        .with("/etc/cesync", root.resolve("etc/cesync").toString())
        .with("/etc/cassandra/triggers", triggers.toString())
        .with("/var/lib/cassandra", triggers.getParent().toString())
        .with("cassandra1.example", node)
        .with("cassandra2.example", node)
        .with("https://elasticsearch.example:9200", search.uri().toString())
        .with("8642", freePort())
        .with("'dc1': 3", "'" + cassandra.localDatacenter() + "': 1")
        .with("dc1: 3", cassandra.localDatacenter() + ": 1")
        .with("dc1", cassandra.localDatacenter());
    createTables();
    users = new SearchUsers(search.uri(), search.log().resolveSibling("config"));
    users.add("admin", "admin-secret", "superuser");
  }

  CqlShell shell() {
    return new CqlShell(cassandra, "admin", "admin-secret");
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  /** The same, but for the bytes of the trigger's JAR. */
  private void packOlderArchive() throws IOException, InterruptedException {
    Terminal.Result packed =
        terminal.run(
            """
            tar -xzf cesync-0.2.tar.gz
            # What follows the end of a zip is passed over.
            echo older >> cesync/triggers/logger-trigger.jar
            tar -cf - cesync | gzip -1 > cesync-0.1.tar.gz
            rm -r cesync
            """);
    if (packed.code() != 0) {
      throw new IllegalStateException(packed.output());
    }
  }

  private void createTables() throws IOException {
    // Cassandra makes its first user some seconds after its start.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsMatching(
            e -> e instanceof AuthenticationException || e instanceof AllNodesFailedException)
        .until(
            () -> {
              try (CqlSession session = CqlShell.login(cassandra, "cassandra", "cassandra")) {
                session.execute(
                    "CREATE ROLE IF NOT EXISTS admin WITH SUPERUSER = true AND LOGIN = true"
                        + " AND PASSWORD = 'admin-secret'");
              }
              return true;
            });
    try (CqlShell shell = shell()) {
      shell.run(
          """
          CREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
          CREATE TABLE shop.product (id int PRIMARY KEY, name text, price decimal);
          CREATE TABLE shop.customer (id int PRIMARY KEY, name text, city text);
          CREATE ROLE shop WITH LOGIN = true AND PASSWORD = 'shop-secret';
          GRANT SELECT ON KEYSPACE shop TO shop;
          GRANT MODIFY ON KEYSPACE shop TO shop;
          INSERT INTO shop.product (id, name, price) VALUES (1, 'table', 120.00);
          INSERT INTO shop.customer (id, name, city) VALUES (1, 'Ada', 'London');
          """);
    }
  }

  /** Does what a block says that can't be run: only that makes a user of the search server. */
  void insteadOf(Block block) throws IOException {
    if (block.text().contains("/_security/role/cesync")) {
      users.define("cesync", Files.readString(home.resolve("cesync-role.json")));
      users.add("cesync", "cesync-secret", "cesync");
    }
  }

  @Override
  public void close() {
    search.close();
    cassandra.close();
  }
}
