package io.cesync.settings;

import io.cesync.yaml.Declared;
import io.cesync.yaml.YamlWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All settings, checked. Immutable. The components' {@link Declared} annotations are the one
 * declaration of each setting; the names in YAML are theirs in snake_case.
 */
public record Settings(
    @Declared(text = "The Cassandra cluster.", byDefault = "") CassandraSettings cassandra,
    @Declared(text = "The Elasticsearch (or OpenSearch) cluster.", byDefault = "")
        ElasticsearchSettings elasticsearch,
    @Declared(
            text = "The longest wait between two looks at a quiet change log.",
            byDefault = "1s",
            min = "10ms",
            max = "1h")
        Duration interval,
    @Declared(
            text = "Where progress is kept; a relative path starts at this file's directory.",
            byDefault = "state.yaml")
        Path stateFile,
    @Declared(
            text = "The tables to sync.",
            min = "1",
            example = "[{table: shop.product, index: shop_product, direction: both}]")
        List<TableSettings> tables,
    @Declared(
            text = "The wait between two looks at a change log that was busy a moment ago.",
            byDefault = "50ms",
            min = "1ms",
            max = "1h")
        Duration busyInterval,
    @Declared(
            text =
                "How late an entry may appear in the change log and still be found; at least as long as clocks differ and writes take.",
            byDefault = "60s",
            min = "1s",
            max = "1d")
        Duration lateWindow,
    @Declared(
            text = "How often progress is saved while there is any.",
            byDefault = "1s",
            min = "100ms",
            max = "1h")
        Duration saveInterval,
    @Declared(
            text =
                "How long work may wait without any progress, or a server be away, until the log and /health say so.",
            byDefault = "60s",
            min = "1s",
            max = "1d")
        Duration stallAfter,
    @Declared(
            text = "Most changed keys that wait in memory; reading the log pauses above it.",
            byDefault = "100000",
            min = "100",
            max = "10000000")
        int maxPending,
    @Declared(text = "The change log in Cassandra, as install creates it.", byDefault = "")
        ChangeLogSettings changeLog,
    @Declared(text = "Writing to Elasticsearch.", byDefault = "") BulkSettings bulk,
    @Declared(text = "Reading rows from Cassandra.", byDefault = "") ReadSettings read,
    @Declared(text = "Waiting before a failed request is sent again.", byDefault = "")
        RetrySettings retry,
    @Declared(text = "The first full copy of each table.", byDefault = "")
        SnapshotSettings snapshot,
    @Declared(text = "Comparing both sides now and then.", byDefault = "") VerifySettings verify,
    @Declared(text = "What the daemon says while it runs.", byDefault = "") LogSettings log,
    @Declared(text = "Watching the daemon over HTTP.", byDefault = "") HttpSettings http) {

  /**
   * Reads a file, with {@code ${NAME}} taken from the process environment.
   *
   * @throws InvalidSettingsException with every problem of the file
   */
  public static Settings load(Path file) {
    return load(file, System.getenv());
  }

  /** As {@link #load(Path)}, with another environment. */
  public static Settings load(Path file, Map<String, String> environment) {
    return new SettingsReader(file, environment).read();
  }

  /**
   * As {@link #load(Path)}, but from a text.
   *
   * @param file what problems are reported for, and where relative paths start
   */
  public static Settings parse(String yaml, Path file, Map<String, String> environment) {
    return new SettingsReader(file, environment).parse(yaml);
  }

  /** The bulk settings of a table: its own where it has some, else the common ones. */
  public BulkSettings bulkFor(TableSettings table) {
    return new BulkSettings(
        table.maxDocuments().orElse(bulk.maxDocuments()),
        table.maxBytes().orElse(bulk.maxBytes()),
        bulk.inFlight());
  }

  /**
   * The same for one table that is to be copied and caught up with, its progress in another file.
   */
  public Settings only(TableSettings table, Path progress) {
    return with(List.of(table), progress, busyInterval, snapshot.withCopies());
  }

  /** The same with other tables. */
  public Settings withTables(List<TableSettings> others) {
    return with(others, stateFile, interval, snapshot);
  }

  private Settings with(
      List<TableSettings> ofTables, Path state, Duration longest, SnapshotSettings copies) {
    return new Settings(
        cassandra,
        elasticsearch,
        longest,
        state,
        ofTables,
        busyInterval,
        lateWindow,
        saveInterval,
        stallAfter,
        maxPending,
        changeLog,
        bulk,
        read,
        retry,
        copies,
        verify,
        log,
        http);
  }

  /** Every setting with the value that is in effect, as YAML; secrets are masked. */
  public String effective() {
    return new YamlWriter(SettingTypes.in(Path.of(""))).write(this);
  }
}
