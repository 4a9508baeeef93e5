package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.demo.DaemonProcess;
import io.cesync.demo.SearchWriter;
import io.cesync.demo.Servers;
import io.cesync.demo.SettingsText;
import io.cesync.settings.TableName;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A two-way table, its index, and a daemon, on the shared servers. Waiting and comparing is for one
 * thread.
 */
final class TwoWayPair implements AutoCloseable {
  private static final Duration SCHEMA = Duration.ofMinutes(1);

  private final String keyspace;
  private final Shape shape;
  private final SharedServers shared;
  private final SearchWriter writer;
  private final DaemonProcess daemon;

  /**
   * Creates and installs everything, with text columns; no daemon runs.
   *
   * @param more further lines of the settings
   */
  TwoWayPair(String keyspace, String delivery, Path folder, String... more)
      throws IOException, InterruptedException {
    this(keyspace, Setup.plain(delivery), folder, more);
  }

  /** The same for any kind of table. */
  TwoWayPair(String keyspace, Setup setup, Path folder, String... more)
      throws IOException, InterruptedException {
    this.keyspace = keyspace;
    this.shape = setup.shape();
    this.shared = SharedServers.of(setup.server());
    this.writer = new SearchWriter(servers().search());
    schema(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(keyspace));
    shape.schema(keyspace, table()).forEach(this::schema);
    List<String> lines = new ArrayList<>(setup.settings());
    lines.addAll(List.of(more));
    String settings =
        SettingsText.of(
                servers().cassandra(),
                servers().search(),
                Map.of(table(), setup.table()),
                lines.toArray(String[]::new))
            + """
            interval: 200ms
            save_interval: 100ms
            retry: {max: 500ms}
            """;
    daemon = new DaemonProcess(folder, settings);
    daemon.command("install");
  }

  private void schema(String cql) {
    session().execute(SimpleStatement.newInstance(cql).setTimeout(SCHEMA));
  }

  Servers servers() {
    return shared.servers();
  }

  CqlSession session() {
    return shared.session();
  }

  SearchWriter writer() {
    return writer;
  }

  DaemonProcess daemon() {
    return daemon;
  }

  String table() {
    return keyspace + ".t";
  }

  String index() {
    return keyspace + "_t";
  }

  static long micros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  /** The rows, by key. */
  Map<Integer, Cells> rows() {
    Map<Integer, Cells> rows = new TreeMap<>();
    for (Row row :
        session().execute(SimpleStatement.newInstance(shape.query(table())).setTimeout(SCHEMA))) {
      rows.put(row.getInt("k"), shape.read(row));
    }
    return rows;
  }

  /** The documents, by key. */
  Map<Integer, JsonNode> documents() throws InterruptedException {
    Map<Integer, JsonNode> documents = new TreeMap<>();
    shared
        .search()
        .documents(index())
        .forEach((id, document) -> documents.put(Integer.valueOf(id), document));
    return documents;
  }

  /**
   * Waits until both sides are equal, and all that the index had when this began has been looked
   * at.
   *
   * @return the rows
   */
  Map<Integer, Cells> awaitAgreement(Duration within) throws InterruptedException {
    Instant began = Instant.now();
    long end = System.nanoTime() + within.toNanos();
    String difference = "never compared";
    while (System.nanoTime() < end) {
      assertThat(daemon.isAlive()).as(daemon.logTail()).isTrue();
      try {
        boolean seen = searchPosition().map(position -> position.isAfter(began)).orElse(false);
        Map<Integer, Cells> rows = rows();
        Optional<String> found = difference(rows);
        if (seen && found.isEmpty()) {
          return rows;
        }
        difference = seen + " " + found.orElse("equal");
      } catch (DriverException | UncheckedIOException e) {
        difference = e.toString();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError(
        "the sides differ after %s: %s%n%s".formatted(within, difference, daemon.logTail()));
  }

  private Optional<Instant> searchPosition() {
    StreamState state = daemon.searchState().get(TableName.parse(table()));
    return state == null ? Optional.empty() : state.position();
  }

  private Optional<String> difference(Map<Integer, Cells> rows) throws InterruptedException {
    Map<Integer, JsonNode> documents = documents();
    Set<Integer> keys = new TreeSet<>(rows.keySet());
    keys.addAll(documents.keySet());
    for (int key : keys) {
      Cells row = rows.getOrDefault(key, Cells.NONE);
      JsonNode document = documents.get(key);
      if (row.present() != (document != null)
          || (document != null && !shape.read(document).equals(row.values()))) {
        return Optional.of("key " + key + ": " + row + " and " + document);
      }
    }
    return Optional.empty();
  }

  /** A field of a document as it is now; null if there is none. */
  String document(int key, String field) throws IOException, InterruptedException {
    return writer.get(index(), Integer.toString(key)).map(d -> d.path(field).asText()).orElse(null);
  }

  /** How many writes the index and the table took by now. */
  List<Long> writes() throws InterruptedException {
    return List.of(searchWrites(), cassandraWrites());
  }

  long searchWrites() throws InterruptedException {
    return shared.search().operations(index());
  }

  long cassandraWrites() {
    return session()
        .execute(
            "SELECT \"count\" FROM system_views.local_write_latency WHERE keyspace_name = '%s' AND table_name = 't'"
                .formatted(keyspace))
        .one()
        .getLong(0);
  }

  List<String> deadLetters() {
    return session()
        .execute("SELECT logged_keyspace, logged_key, reason FROM logger.dead_letter")
        .all()
        .stream()
        .filter(row -> keyspace.equals(row.getString(0)))
        .map(row -> row.getString(1) + ": " + row.getString(2))
        .toList();
  }

  /** Both together took so many writes, or don't in that time. */
  void awaitWrites(long count, Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (cassandraWrites() + searchWrites() < count && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Both servers' counters stand still. */
  void awaitQuiet(Duration quiet, Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    List<Long> before = List.of();
    List<Long> now = writes();
    while (!now.equals(before)) {
      assertThat(System.nanoTime()).as("no silence within %s: %s", within, now).isLessThan(end);
      before = now;
      TimeUnit.MILLISECONDS.sleep(quiet.toMillis());
      now = writes();
    }
  }

  /** Ends the daemon in good order. */
  @Override
  public void close() throws InterruptedException {
    try (DaemonProcess ending = daemon) {
      if (ending.isAlive()) {
        assertThat(ending.stop()).as("exit code; %s", ending.logTail()).isZero();
      }
    }
    schema("DROP KEYSPACE " + keyspace);
  }
}
