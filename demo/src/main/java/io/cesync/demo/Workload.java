package io.cesync.demo;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.cesync.install.SchemaAgreement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Tables that show the hard cases, and random writes of every kind to them. Immutable.
 *
 * @param keyspace where the tables are
 * @param keys about how many rows a table can have; few keys make writers meet
 * @param maxTtl no written value lives on for longer than this, in seconds, once writing has ended,
 *     unless it lives forever
 */
public record Workload(String keyspace, int keys, int maxTtl) {
  private static final long OLDEST_WRITE_TIME = Duration.ofMinutes(10).toSeconds() * 1_000_000;
  private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(60);

  private List<TableWrites> writes() {
    return List.of(
        new Orders(Math.max(2, keys / 12)),
        new Products(keys),
        new Sessions(keys, maxTtl),
        new Members(keys),
        new Visits(keys));
  }

  /** The tables' names, with their keyspace. */
  public List<String> tables() {
    return writes().stream().map(this::name).toList();
  }

  /** Those of them that have counters: their documents can't be written. */
  List<String> counters() {
    return writes().stream().filter(TableWrites::isCounter).map(this::name).toList();
  }

  /** A line for each table. */
  List<String> about() {
    return writes().stream().map(t -> "%-14s  %s".formatted(name(t), t.about())).toList();
  }

  private String name(TableWrites table) {
    return keyspace + "." + table.name();
  }

  /** Creates the keyspace and the tables. */
  public void create(CqlSession session, int replicationFactor) {
    execute(
        session,
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': %d}"
            .formatted(keyspace, replicationFactor));
    for (TableWrites table : writes()) {
      table.schema(keyspace).forEach(cql -> execute(session, cql));
    }
  }

  private static void execute(CqlSession session, String cql) {
    Node coordinator =
        session
            .execute(SimpleStatement.newInstance(cql).setTimeout(SCHEMA_TIMEOUT))
            .getExecutionInfo()
            .getCoordinator();
    if (!new SchemaAgreement(session, SCHEMA_TIMEOUT).await(coordinator)) {
      throw new IllegalStateException("The nodes don't agree on the schema after: " + cql);
    }
  }

  /** A random write: a single one, a batch, or a conditional one. */
  Statement<?> next(Random random, Clock clock) {
    Choice choice = new Choice(random);
    List<TableWrites> tables = writes();
    TableWrites table = tables.get(choice.below(tables.size()));
    return switch (choice.weighted(78, 8, 5, 9)) {
      case 0 -> simple(table.write(name(table), choice, using(choice, clock)), table);
      case 1 -> batch(table, BatchType.LOGGED, choice, clock);
      case 2 -> batch(table, BatchType.UNLOGGED, choice, clock);
      default ->
          SimpleStatement.newInstance(
                  table.conditional(name(table), choice, using(choice, clock).ofCondition()))
              .setIdempotent(false);
    };
  }

  /** A write to a document of an index. */
  record Document(String index, DocumentWrite write) {}

  Document nextDocument(Choice choice) {
    List<DocumentWrites> tables =
        writes().stream()
            .filter(DocumentWrites.class::isInstance)
            .map(DocumentWrites.class::cast)
            .toList();
    DocumentWrites table = tables.get(choice.below(tables.size()));
    return new Document(keyspace + "_" + table.name(), table.document(choice));
  }

  private static SimpleStatement simple(String cql, TableWrites table) {
    return SimpleStatement.newInstance(cql).setIdempotent(!table.isCounter());
  }

  private BatchStatement batch(TableWrites first, BatchType type, Choice choice, Clock clock) {
    boolean counter = first.isCounter();
    BatchStatementBuilder batch = BatchStatement.builder(counter ? BatchType.COUNTER : type);
    List<TableWrites> tables = writes().stream().filter(t -> t.isCounter() == counter).toList();
    TableWrites table = first;
    for (int left = 1 + choice.below(5); left >= 0; left--) {
      batch.addStatement(simple(table.write(name(table), choice, using(choice, clock)), table));
      table = choice.chance(0.5) ? table : tables.get(choice.below(tables.size()));
    }
    return batch.setIdempotence(!counter).build();
  }

  private Using using(Choice choice, Clock clock) {
    OptionalLong timestamp = OptionalLong.empty();
    if (choice.chance(0.12)) {
      long now = clock.millis() * 1000;
      timestamp = OptionalLong.of(now - (long) (choice.below(1000) / 1000.0 * OLDEST_WRITE_TIME));
    }
    OptionalInt ttl =
        choice.chance(0.08) ? OptionalInt.of(1 + choice.below(maxTtl)) : OptionalInt.empty();
    return new Using(timestamp, ttl);
  }
}
