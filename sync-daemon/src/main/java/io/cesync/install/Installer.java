package io.cesync.install;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.UserError;
import io.cesync.changelog.LogLayout;
import io.cesync.document.Indices;
import io.cesync.inspect.Inspection;
import io.cesync.inspect.Inspector;
import io.cesync.inspect.Problem;
import io.cesync.mapping.IndexMapping;
import io.cesync.mapping.SearchFlavor;
import io.cesync.mapping.TableMapping;
import io.cesync.settings.Delivery;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Creates the change log, the triggers and the indices, as far as they aren't there. It tries the
 * trigger on a table of its own through every node first: a node without the JAR would refuse every
 * write to a table with a trigger.
 */
public final class Installer {

  private static final String TRIGGER = "cesync";
  private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(30);

  private final CqlSession session;
  private final Indices indices;
  private final SearchFlavor flavor;
  private final Settings settings;
  private final Consumer<String> out;

  /**
   * @param out is told each thing that was done, or was there
   */
  public Installer(
      CqlSession session,
      Indices indices,
      SearchFlavor flavor,
      Settings settings,
      Consumer<String> out) {
    this.session = session;
    this.indices = indices;
    this.flavor = flavor;
    this.settings = settings;
    this.out = out;
  }

  /**
   * Creates what is missing.
   *
   * @throws UserError if something is in the way; what was created until then stays, and install
   *     can be repeated
   * @throws IOException if the search server doesn't answer
   */
  public void install() throws IOException {
    log();
    if (settings.tables().stream().anyMatch(TableSettings::followsTable)) {
      canary();
    }
    for (TableSettings table : settings.tables()) {
      TableMetadata metadata =
          Inspector.metadata(session, table.table())
              .orElseThrow(
                  () ->
                      new UserError(
                          "%s: there is no such table. Create it, or mend its name in the settings; then run install again."
                              .formatted(table.table())));
      index(table, TableMapping.of(metadata, Inspector.rules(table)));
      if (table.followsTable()) {
        trigger(table.table().toString(), triggerClass(table), table);
      }
    }
    Inspection inspection = new Inspector(session, indices, settings).inspect().orThrow();
    out.accept(
        "Ready: %d table%s. Start with ./run.sh"
            .formatted(inspection.tables().size(), inspection.tables().size() == 1 ? "" : "s"));
  }

  private void log() {
    boolean there = table("log").isPresent();
    if (!there && settings.changeLog().replication().isEmpty() && nodes() > 1) {
      throw new UserError(
          "The cluster has %d nodes, but change_log.replication isn't set, and one copy of the change log isn't enough. Set it, for example: change_log: {replication: {class: NetworkTopologyStrategy, %s: 3}}"
              .formatted(nodes(), settings.cassandra().localDatacenter()));
    }
    for (String statement : CqlFiles.statements(settings.changeLog())) {
      execute(statement);
    }
    out.accept(
        there ? "The change log logger.log was there." : "Created the change log logger.log.");
  }

  private int nodes() {
    return session.getMetadata().getNodes().size();
  }

  private Optional<TableMetadata> table(String name) {
    return session.getMetadata().getKeyspace("logger").flatMap(keyspace -> keyspace.getTable(name));
  }

  private void canary() {
    if (triggers("logger", "canary").isEmpty()) {
      createTrigger("logger.canary", Inspector.ATOMIC_TRIGGER);
    }
    LogLayout layout =
        new Inspector(session, indices, settings)
            .changeLog()
            .map(log -> log.layout())
            .orElseThrow(
                () -> new UserError("logger.log has no valid comment; see cql/001-change-log.cql"));
    List<Problem> problems = new Canary(session, layout).fly();
    if (!problems.isEmpty()) {
      throw new UserError(
          "The trigger doesn't work through every node, so it wasn't put on your tables:\n"
              + new Inspection(Optional.empty(), List.of(), problems).text());
    }
    out.accept(
        "The trigger works through %s."
            .formatted(nodes() == 1 ? "the node" : "all " + nodes() + " nodes"));
  }

  private void index(TableSettings table, TableMapping mapping) throws IOException {
    Optional<Indices.Index> index = indices.find(table.index());
    if (index.isEmpty()) {
      indices.create(
          table.index(),
          IndexMapping.of(mapping, flavor, Inspector.documentFields(table)),
          table.indexSettings());
      out.accept("Created the index %s for %s.".formatted(table.index(), table.table()));
      return;
    }
    ObjectNode missing =
        IndexMapping.missing(
            mapping, index.get().mapping(), flavor, Inspector.documentFields(table));
    if (IndexMapping.isEmpty(missing)) {
      out.accept("The index %s was there.".formatted(table.index()));
    } else {
      indices.addToMapping(table.index(), missing);
      out.accept(
          "Added %d field(s) to the index %s."
              .formatted(missing.path("properties").size(), table.index()));
    }
  }

  private static String triggerClass(TableSettings table) {
    return table.delivery() == Delivery.AHEAD ? Inspector.AHEAD_TRIGGER : Inspector.ATOMIC_TRIGGER;
  }

  private void trigger(String name, String wanted, TableSettings table) {
    Set<String> there = triggers(table.table().keyspace(), table.table().table());
    if (there.contains(wanted)) {
      out.accept("The trigger on %s was there.".formatted(name));
      return;
    }
    // The new one first: with both, a write is logged twice, which changes nothing; with neither it
    // would be lost.
    createTrigger(name, wanted);
    forgetPreparedStatements(table.table());
    out.accept("Created the trigger on %s (%s).".formatted(name, table.delivery()));
    for (String other : there) {
      out.accept(
          "%s still has the trigger class %s: drop that trigger (DROP TRIGGER … ON %s)."
              .formatted(name, other, name));
    }
  }

  /**
   * Makes all nodes prepare the table's statements again. One that was prepared before the trigger
   * was created would go on without it, so its writes would not be logged; Cassandra forgets such
   * statements when gc_grace_seconds changes, but not when a trigger is created (4.0 to 5.0).
   */
  private void forgetPreparedStatements(TableName name) {
    TableMetadata table = Inspector.metadata(session, name).orElseThrow();
    int seconds = (Integer) table.getOptions().get(CqlIdentifier.fromInternal("gc_grace_seconds"));
    String alter = "ALTER TABLE %s WITH gc_grace_seconds = %d";
    execute(alter.formatted(name, seconds + 1));
    execute(alter.formatted(name, seconds));
  }

  /** The classes of ours that a table has triggers of. */
  private Set<String> triggers(String keyspace, String table) {
    return Inspector.triggers(session, keyspace, table);
  }

  private void createTrigger(String table, String triggerClass) {
    String name = triggerClass.equals(Inspector.AHEAD_TRIGGER) ? TRIGGER + "_ahead" : TRIGGER;
    try {
      execute(
          "CREATE TRIGGER IF NOT EXISTS %s ON %s USING '%s'".formatted(name, table, triggerClass));
    } catch (DriverException e) {
      throw new UserError(
          "The trigger could not be created on %s: %s. Put logger-trigger.jar into the triggers directory of every node, run nodetool reloadtriggers on each, and run install again."
              .formatted(table, e.getMessage()),
          e);
    }
  }

  private void execute(String statement) {
    var result = session.execute(SimpleStatement.newInstance(statement).setTimeout(SCHEMA_TIMEOUT));
    if (!new SchemaAgreement(session, SCHEMA_TIMEOUT)
        .await(result.getExecutionInfo().getCoordinator())) {
      throw new UserError(
          "The nodes don't agree on the schema. Make sure that all are up, and run install again.");
    }
  }
}
