package io.cesync.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.state.StateFile;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One installation: a keyspace and tables of its own, their indices, settings and state. What it
 * made in Cassandra and Elasticsearch goes with the servers.
 */
public final class Site {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LiveServers servers;
  private final Path directory;
  private final String keyspace;
  private final Map<String, List<String>> keys = new LinkedHashMap<>();
  private final List<String> tables = new ArrayList<>();
  private final Map<String, String> options = new LinkedHashMap<>();

  public Site(LiveServers servers, Path directory) {
    this.servers = servers;
    this.directory = directory;
    this.keyspace = servers.newName();
    servers.cql(
        "CREATE KEYSPACE "
            + keyspace
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    option(
        "cassandra",
        "{contact_points: [\"%s\"], local_datacenter: datacenter1}"
            .formatted(servers.contactPoint()));
    option("elasticsearch", "{hosts: [\"%s\"]}".formatted(servers.search()));
    option("interval", "100ms");
    option("late_window", "2s");
    option("save_interval", "100ms");
    option("retry", "{max: 300ms}");
    option("http", "{port: 0}");
  }

  /**
   * Creates a table and has it synced.
   *
   * @param columns what stands between the brackets of CREATE TABLE
   * @param key the key's columns
   */
  public Site table(String name, String columns, String... key) {
    servers.cql("CREATE TABLE " + keyspace + "." + name + " (" + columns + ")");
    return listed(name, "", key);
  }

  /**
   * Has a table synced that may not exist.
   *
   * @param more settings of it; changes go to the index only if it says nothing of a direction
   */
  public Site listed(String name, String more, String... key) {
    keys.put(name, List.of(key));
    String direction = more.contains("direction:") ? "" : ", direction: cassandra-to-elasticsearch";
    tables.add("{table: " + keyspace + "." + name + direction + more + "}");
    return this;
  }

  /** Has a table that is listed synced in another way. */
  public void relist(String name, String more) {
    String start = "{table: " + keyspace + "." + name;
    tables.replaceAll(
        table ->
            table.startsWith(start + ",") || table.equals(start + "}")
                ? start + more + "}"
                : table);
  }

  /** Has a table that is listed no longer synced. */
  public void unlist(String name) {
    tables.removeIf(table -> table.startsWith("{table: " + keyspace + "." + name + ","));
  }

  /** A top-level setting, as YAML; replaces the one of that name. */
  public Site option(String name, String yaml) {
    options.put(name, yaml);
    return this;
  }

  /** Writes the settings file. */
  public Path settingsFile() {
    StringBuilder yaml = new StringBuilder();
    options.forEach((name, value) -> yaml.append(name + ": " + value + "\n"));
    yaml.append("tables:\n");
    tables.forEach(table -> yaml.append("  - " + table + "\n"));
    try {
      return Files.writeString(directory.resolve("settings.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Settings settings() {
    return Settings.load(settingsFile());
  }

  /** Runs {@code install}, and gives back what it said. */
  public List<String> install() {
    return Installation.run(settings());
  }

  /** A daemon in this JVM. */
  public DaemonThread start() {
    return new DaemonThread(settings(), false);
  }

  /** Runs {@code once} in this JVM. */
  public void once() {
    try (DaemonThread daemon = new DaemonThread(settings(), true)) {
      daemon.awaitEnd();
    }
  }

  /** A daemon in a JVM of its own. */
  public DaemonProcess process(String command, String... more) {
    return new DaemonProcess(
        directory,
        Stream.concat(Stream.of(command, "-c", settingsFile().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  public String keyspace() {
    return keyspace;
  }

  public String index(String table) {
    return keyspace + "_" + table;
  }

  public ResultSet cql(String statement, Object... values) {
    return servers.cql(statement.replace("KS.", keyspace + "."), values);
  }

  public StateFile stateFile() {
    return new StateFile(settings().stateFile());
  }

  /** What {@code state.yaml} says of a table. */
  public StreamState state(String table) {
    return stateFile().load().stream(
        new TableName(keyspace, table), Direction.CASSANDRA_TO_ELASTICSEARCH);
  }

  /** What {@code state.yaml} says of a table's changes by the index. */
  public StreamState searchState(String table) {
    return stateFile().load().stream(
        new TableName(keyspace, table), Direction.ELASTICSEARCH_TO_CASSANDRA);
  }

  /** Changes what {@code state.yaml} says of a table. */
  public void setState(String table, StreamState state) {
    StateFile file = stateFile();
    file.save(
        file.load()
            .with(new TableName(keyspace, table), Direction.CASSANDRA_TO_ELASTICSEARCH, state));
  }

  /** The table's rows as Cassandra tells them in JSON, by the ids of their documents. */
  public Map<String, JsonNode> rows(String table) {
    Map<String, JsonNode> rows = new TreeMap<>();
    for (Row row : cql("SELECT JSON * FROM KS." + table)) {
      ObjectNode json = (ObjectNode) parse(row.getString(0));
      List<JsonNode> id = keys.get(table).stream().map(json::get).toList();
      json.properties().removeIf(field -> field.getValue().isNull());
      rows.put(id.size() == 1 ? id.get(0).asText() : JSON.valueToTree(id).toString(), json);
    }
    return rows;
  }

  public Map<String, JsonNode> documents(String table) {
    return servers.rest().documents(index(table));
  }

  /** Waits until the index holds just the table's rows. */
  public void awaitEqual(String table) {
    await()
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(documents(table)).isEqualTo(rows(table)));
  }

  /** Waits until the index's documents are as they should. */
  public void awaitDocuments(String table, Consumer<Map<String, JsonNode>> assertion) {
    await()
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertion.accept(documents(table)));
  }

  /** Waits until a document is as it should. */
  public void awaitDocument(String table, String id, Consumer<JsonNode> assertion) {
    awaitDocuments(
        table,
        documents -> {
          assertThat(documents).containsKey(id);
          assertion.accept(documents.get(id));
        });
  }

  /** The reasons of a table's dead letters, by key. */
  public Map<String, String> deadLetters(String table) {
    Map<String, String> letters = new TreeMap<>();
    for (Row row :
        cql(
            "SELECT logged_key, reason FROM logger.dead_letter"
                + " WHERE logged_keyspace = ? AND logged_table = ?",
            keyspace,
            table)) {
      letters.put(row.getString(0), row.getString(1));
    }
    return letters;
  }

  /** What a dead letter says that was refused. */
  public String refusedDocument(String table, String key) {
    return cql(
            "SELECT document FROM logger.dead_letter WHERE logged_keyspace = ? AND logged_table = ?"
                + " AND direction IN ('cassandra-to-elasticsearch', 'elasticsearch-to-cassandra')"
                + " AND logged_key = ?",
            keyspace,
            table,
            key)
        .one()
        .getString(0);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
