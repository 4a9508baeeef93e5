package io.cesync.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.benchmarks.limit.Sessions;
import io.cesync.local.CassandraServers;
import io.cesync.local.LocalServers;
import io.cesync.local.SearchServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Fresh servers for one benchmark, with a keyspace {@code bench}. */
final class Bed implements AutoCloseable {
  private static final Duration COMPACTION = Duration.ofMinutes(2);

  private final Path home;
  private final Path folder;
  private final CassandraServers cassandra;
  private final SearchServer search;
  private final CqlSession session;
  private final Http http;

  private Bed(
      Path home, Path folder, CassandraServers cassandra, SearchServer search, CqlSession session) {
    this.home = home;
    this.folder = folder;
    this.cassandra = cassandra;
    this.search = search;
    this.session = session;
    this.http = new Http(search.uri());
  }

  static Bed make(Path home, Sizes sizes) {
    CassandraServers cassandra =
        LocalServers.cassandra()
            .compiledWell()
            .triggerJar(home.resolve("logger-trigger/target/logger-trigger.jar"))
            .heapMiB(sizes.cassandraHeap)
            .start();
    try {
      SearchServer search =
          LocalServers.elasticsearch().compiledWell().heapMiB(sizes.searchHeap).start();
      CqlSession session = Sessions.to(cassandra.contactPoints().get(0));
      session.execute(
          "CREATE KEYSPACE bench WITH replication = {'class': 'SimpleStrategy',"
              + " 'replication_factor': 1}");
      return new Bed(home, Files.createTempDirectory("cesync-bench"), cassandra, search, session);
    } catch (IOException e) {
      cassandra.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      cassandra.close();
      throw e;
    }
  }

  /** Waits until Cassandra isn't compacting what was written before. */
  void awaitCompaction() throws InterruptedException {
    long deadline = System.nanoTime() + COMPACTION.toNanos();
    while (!session.execute("SELECT * FROM system_views.sstable_tasks").all().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Cassandra still compacts after " + COMPACTION);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  CqlSession session() {
    return session;
  }

  Http http() {
    return http;
  }

  String cql() {
    InetSocketAddress address = cassandra.contactPoints().get(0);
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  String searchUri() {
    return search.uri().toString();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Creates the change log, triggers and indices. */
  void install(String... tables) {
    use(tables);
    Child.start(command("install")).join();
  }

  /** Writes the settings of the daemons that are started from now on. */
  void use(String... tables) {
    try {
      Files.writeString(
          file("settings.yaml"),
          """
          cassandra: {contact_points: ["%s"], local_datacenter: datacenter1}
          elasticsearch: {hosts: ["%s"]}
          state_file: state.yaml
          http: {port: 0}
          tables:
          """
              .formatted(cql(), searchUri())
              .concat(String.join("\n", Stream.of(tables).map(t -> "  - {" + t + "}").toList()))
              .concat("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the daemon on what was installed, as a user does. */
  Child daemon() {
    return Child.start(command("run"), "going on from", "copying the table");
  }

  /** Has a daemon bring over what there is. */
  void once() {
    Child.start(command("once")).join();
  }

  /** Removes the state, so that a daemon begins anew. */
  void forget() {
    try {
      Files.deleteIfExists(file("state.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String state() {
    try {
      return Files.readString(file("state.yaml"));
    } catch (IOException e) {
      return "";
    }
  }

  private List<String> command(String command) {
    return List.of(
        home.resolve("run.sh").toString(), "-c", file("settings.yaml").toString(), command);
  }

  @Override
  public void close() {
    session.close();
    search.close();
    cassandra.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
