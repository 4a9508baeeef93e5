package io.cesync.inspect;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataTypes;
import io.cesync.changelog.LogLayout;
import io.cesync.changelog.LogTable;
import io.cesync.document.Indices;
import io.cesync.mapping.ColumnRules;
import io.cesync.mapping.DocumentFields;
import io.cesync.mapping.IndexMapping;
import io.cesync.mapping.KeyCodec;
import io.cesync.mapping.MappingProblem;
import io.cesync.mapping.TableMapping;
import io.cesync.mapping.TimestampField;
import io.cesync.settings.ChangesBy;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks at everything that a sync needs, and collects what is wrong with it. Changes nothing. Waits
 * for the servers.
 */
public final class Inspector {

  /** Where the triggers write to. */
  public static final LogTable LOG =
      new LogTable(CqlIdentifier.fromInternal("logger"), CqlIdentifier.fromInternal("log"));

  private static final TableName LEDGER = new TableName("logger", "ledger");

  public static final String ATOMIC_TRIGGER = "io.cesync.trigger.LogTrigger";
  public static final String AHEAD_TRIGGER = "io.cesync.trigger.AheadLogTrigger";

  private static final String INSTALL = "Run ./run.sh install";

  private final CqlSession session;
  private final Indices indices;
  private final Settings settings;
  private final List<Problem> problems = new ArrayList<>();

  public Inspector(CqlSession session, Indices indices, Settings settings) {
    this.session = session;
    this.indices = indices;
    this.settings = settings;
  }

  /**
   * Looks at all.
   *
   * @throws IOException if the search server doesn't answer
   */
  public Inspection inspect() throws IOException {
    partitioner();
    Optional<LogFacts> log = changeLog();
    List<TableFacts> tables = new ArrayList<>();
    for (TableSettings table : settings.tables()) {
      table(table).ifPresent(tables::add);
    }
    return new Inspection(log, tables, List.copyOf(problems));
  }

  private void partitioner() {
    Row local = session.execute("SELECT partitioner FROM system.local").one();
    String partitioner = local.getString(0);
    if (!partitioner.endsWith("Murmur3Partitioner")) {
      problems.add(
          new Problem(
              "Cassandra",
              "the cluster uses " + partitioner,
              "cesync can only copy tables of clusters with the Murmur3Partitioner"));
    }
  }

  /** The change log; empty, and a problem, if it can't be used. */
  public Optional<LogFacts> changeLog() {
    Optional<TableMetadata> table =
        session
            .getMetadata()
            .getKeyspace(LOG.keyspace())
            .flatMap(keyspace -> keyspace.getTable(LOG.table()));
    if (table.isEmpty()) {
      problems.add(
          new Problem(
              LOG.cql(), "there is no change log", INSTALL + ", or cql/001-change-log.cql"));
      return Optional.empty();
    }
    Map<CqlIdentifier, Object> options = table.get().getOptions();
    try {
      return Optional.of(
          new LogFacts(
              LOG,
              LogLayout.ofComment(
                  String.valueOf(options.get(CqlIdentifier.fromInternal("comment")))),
              (Integer) options.get(CqlIdentifier.fromInternal("default_time_to_live"))));
    } catch (IllegalArgumentException e) {
      problems.add(
          new Problem(
              LOG.cql(), e.getMessage(), "Put its comment right, as in cql/001-change-log.cql"));
      return Optional.empty();
    }
  }

  private Optional<TableFacts> table(TableSettings table) throws IOException {
    Optional<TableMetadata> metadata = metadata(session, table.table());
    if (metadata.isEmpty()) {
      problems.add(
          new Problem(
              table.table().toString(),
              "there is no such table",
              "Create it, or mend its name in the settings"));
      return Optional.empty();
    }
    int before = problems.size();
    if (table.followsTable()) {
      trigger(table.table());
    }
    if (table.pipeline().isPresent() && !indices.server().hasPipelines()) {
      problems.add(
          new Problem(
              table.table().toString(),
              indices.server() + " has no ingest pipelines, but pipeline is set",
              "Remove it from the settings"));
    }
    if (table.followsIndex()) {
      ledger(table);
    }
    if (!table.followsTable() && isCounter(metadata.get())) {
      problems.add(
          new Problem(
              table.table().toString(),
              "it has counters, which can't be set from an index",
              "Use direction cassandra-to-elasticsearch, or both, which puts changed counters right"));
    }
    ColumnRules rules = rules(table);
    for (MappingProblem problem : TableMapping.problems(metadata.get(), rules)) {
      problems.add(
          new Problem(
              table.table().toString(),
              problem.subject() + ": " + problem.problem(),
              problem.remedy()));
    }
    if (problems.stream().skip(before).anyMatch(p -> !p.remedy().startsWith(INSTALL))) {
      return Optional.empty();
    }
    TableMapping mapping = TableMapping.of(metadata.get(), rules);
    table
        .deletedField()
        .filter(field -> mapping.columns().stream().anyMatch(c -> c.field().equals(field)))
        .ifPresent(
            field ->
                problems.add(
                    new Problem(
                        table.table().toString(),
                        "deleted_field: " + field + " is the field of a column",
                        "Name another field, or rename the column's (renames)")));
    Optional<Indices.Index> index = index(table, mapping);
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(
            new TableFacts(
                table,
                mapping,
                metadata.get().getId().orElseThrow(),
                isCounter(metadata.get()),
                index.orElseThrow()));
  }

  private void ledger(TableSettings table) {
    Optional<TableMetadata> ledger = metadata(session, LEDGER);
    if (ledger.isEmpty()) {
      problems.add(
          new Problem(
              table.table().toString(),
              "there is no ledger, " + LEDGER + ", which direction " + table.direction() + " needs",
              INSTALL + ", or cql/004-ledger.cql"));
    } else if (ledger.get().getColumn("entry").isEmpty()) {
      problems.add(
          new Problem(
              table.table().toString(),
              "the ledger, " + LEDGER + ", is of a former build of cesync and has other columns",
              "Drop it and logger.ledger_by_seq_no, take this table's entry out of the state file, and"
                  + " run ./run.sh install: both sides are compared once more then, and nothing is"
                  + " lost"));
    }
  }

  private void trigger(TableName table) {
    if (!triggers(session, table.keyspace(), table.table()).isEmpty()) {
      return;
    }
    problems.add(
        new Problem(
            table.toString(),
            "it has no trigger, so its changes would not be seen",
            INSTALL + ", or create it by hand as README.md says"));
  }

  /** The classes of cesync's that a table has triggers of. */
  public static Set<String> triggers(CqlSession session, String keyspace, String table) {
    Set<String> classes = new TreeSet<>();
    for (Row row :
        session.execute(
            "SELECT options FROM system_schema.triggers WHERE keyspace_name = ? AND table_name = ?",
            keyspace,
            table)) {
      classes.add(row.getMap(0, String.class, String.class).get("class"));
    }
    classes.retainAll(Set.of(ATOMIC_TRIGGER, AHEAD_TRIGGER));
    return classes;
  }

  private Optional<Indices.Index> index(TableSettings table, TableMapping mapping)
      throws IOException {
    Optional<Indices.Index> index = indices.find(table.index());
    if (index.isEmpty()) {
      problems.add(new Problem(table.index(), "there is no such index", INSTALL));
    } else {
      for (MappingProblem problem : IndexMapping.problems(mapping, index.get().mapping())) {
        problems.add(
            new Problem(
                "index " + table.index(),
                problem.subject() + ": " + problem.problem(),
                problem.remedy()));
      }
      if (table.followsIndex()) {
        twoWay(table, index.get());
      }
    }
    return index;
  }

  private void twoWay(TableSettings table, Indices.Index index) {
    String subject = "index " + table.index();
    boolean byTimestamp = table.changesBy() == ChangesBy.TIMESTAMP;
    if (!byTimestamp && index.lacking().isPresent()) {
      problems.add(
          new Problem(
              subject,
              "it has no sequence numbers to see changes by: " + index.lacking().get(),
              "Set changes_by: timestamp, or use an index that has them"));
    }
    if (!index.keepsSources()) {
      problems.add(
          new Problem(
              subject,
              "it doesn't keep the _source of its documents, so they can't be read",
              "Use an index that keeps it, or direction: cassandra-to-elasticsearch"));
    }
    TimestampField.problem(table.timestampField(), index.mapping(), byTimestamp)
        .ifPresent(
            problem ->
                problems.add(
                    new Problem(
                        subject, problem.subject() + ": " + problem.problem(), problem.remedy())));
  }

  /** A table's description, if there is such a table. */
  public static Optional<TableMetadata> metadata(CqlSession session, TableName name) {
    return session
        .getMetadata()
        .getKeyspace(CqlIdentifier.fromInternal(name.keyspace()))
        .flatMap(keyspace -> keyspace.getTable(CqlIdentifier.fromInternal(name.table())));
  }

  /** What the settings say of a table's columns. */
  public static ColumnRules rules(TableSettings table) {
    return new ColumnRules(
        Set.copyOf(table.columns().include()),
        Set.copyOf(table.columns().exclude()),
        table.renames(),
        table.id(),
        table
            .sourceField()
            .map(field -> Map.of(field, table.cassandraSourceId()))
            .orElse(Map.of()));
  }

  /** How a table's keys are written. */
  public static KeyCodec keys(TableSettings settings, TableMetadata table) {
    return TableMapping.of(table, rules(settings).restrictedTo(table)).keys();
  }

  /** Fields that a table's documents have beside those of its columns. */
  public static DocumentFields documentFields(TableSettings table) {
    return table.followsIndex()
        ? new DocumentFields(
            Optional.of(table.timestampField()), table.deletedField(), table.sourceField())
        : new DocumentFields(Optional.empty(), Optional.empty(), table.sourceField());
  }

  private static boolean isCounter(TableMetadata table) {
    return table.getColumns().values().stream()
        .map(ColumnMetadata::getType)
        .anyMatch(DataTypes.COUNTER::equals);
  }
}
