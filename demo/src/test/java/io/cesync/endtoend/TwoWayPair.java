package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.demo.DaemonProcess;
import io.cesync.demo.SearchWriter;
import io.cesync.demo.SettingsText;
import io.cesync.settings.TableName;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A two-way table of text columns, its index, and a daemon, on the shared servers. Waiting and
 * comparing is for one thread.
 */
final class TwoWayPair implements AutoCloseable {
  static final List<String> FIELDS = List.of("a", "b", "c");

  private static final Duration SCHEMA = Duration.ofMinutes(1);

  private final String keyspace;
  private final SharedServers shared = SharedServers.get();
  private final SearchWriter writer = new SearchWriter(shared.servers().search().uri());
  private final DaemonProcess daemon;

  /**
   * Creates and installs everything; no daemon runs.
   *
   * @param more further lines of the settings
   */
  TwoWayPair(String keyspace, String delivery, Path folder, String... more)
      throws IOException, InterruptedException {
    this.keyspace = keyspace;
    schema(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(keyspace));
    schema("CREATE TABLE %s (k int PRIMARY KEY, a text, b text, c text)".formatted(table()));
    String settings =
        SettingsText.of(
                shared.servers().cassandra(),
                shared.servers().search(),
                Map.of(table(), "direction: both, delivery: " + delivery),
                more)
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
        session()
            .execute(
                SimpleStatement.newInstance(
                        "SELECT k, a, b, c, writetime(a), writetime(b), writetime(c) FROM "
                            + table())
                    .setTimeout(SCHEMA))) {
      Map<String, Cells.Cell> cells = new HashMap<>();
      for (int i = 1; i <= FIELDS.size(); i++) {
        if (!row.isNull(i)) {
          cells.put(
              FIELDS.get(i - 1), new Cells.Cell(row.getString(i), row.getLong(i + FIELDS.size())));
        }
      }
      rows.put(row.getInt(0), new Cells(true, cells));
    }
    return rows;
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
    Map<String, JsonNode> documents = shared.search().documents(index());
    TreeSet<Integer> keys = new TreeSet<>(rows.keySet());
    documents.keySet().forEach(id -> keys.add(Integer.valueOf(id)));
    for (int key : keys) {
      Cells row = rows.getOrDefault(key, Cells.NONE);
      JsonNode document = documents.get(Integer.toString(key));
      boolean same =
          row.present() == (document != null)
              && FIELDS.stream()
                  .allMatch(
                      field ->
                          document == null
                              || document.path(field).asText("").equals(text(row.cell(field))));
      if (!same) {
        return Optional.of("key " + key + ": " + row + " and " + document);
      }
    }
    return Optional.empty();
  }

  private static String text(Cells.Cell cell) {
    return cell.value() == null ? "" : cell.value();
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
