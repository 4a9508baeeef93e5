package io.cesync.sync;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.Version;
import io.cesync.document.BulkLimits;
import io.cesync.document.DocumentReader;
import io.cesync.document.SearchClient;
import io.cesync.document.ServerVersion;
import io.cesync.inspect.Inspector;
import io.cesync.intents.IntentLog;
import io.cesync.mapping.DeletionMark;
import io.cesync.mapping.DocumentCheck;
import io.cesync.mapping.TableMapping;
import io.cesync.mapping.TimestampField;
import io.cesync.merge.Merge;
import io.cesync.row.RowColumns;
import io.cesync.row.RowReader;
import io.cesync.row.RowScanner;
import io.cesync.row.RowWriter;
import io.cesync.settings.BulkSettings;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Prepares the statements for a version of a table's schema. Waits for Cassandra. */
final class TargetFactory {

  private static final Version FIVE = Objects.requireNonNull(Version.parse("5.0.0"));

  private final CqlSession session;
  private final Executor workers;
  private final Settings settings;
  private final SearchClient client;
  private final IntentLog intents;
  private final Consumer<Throwable> fatal;
  private final RequestTimes times;
  private final ServerVersion server;
  private final Optional<TableLedger> ledger;
  private final TimestampField timestamps;

  /**
   * @param server its version
   * @param ledger of a table whose index is followed
   * @param timestamps the field that says when its documents were changed
   */
  TargetFactory(
      Shared shared,
      ServerVersion server,
      Optional<TableLedger> ledger,
      TimestampField timestamps) {
    this.session = shared.session();
    this.workers = shared.workers();
    this.settings = shared.settings();
    this.client = shared.client();
    this.intents = shared.intents();
    this.fatal = shared.fatal();
    this.times = shared.times();
    this.server = server;
    this.ledger = ledger;
    this.timestamps = timestamps;
  }

  TableTarget of(TableMapping mapping, TableSettings table, boolean counter) {
    boolean five = allNodesAreFive();
    return new TableTarget(
        mapping,
        table.index(),
        table.pipeline().orElse(null),
        limits(table),
        times.writes(table.table(), Direction.CASSANDRA_TO_ELASTICSEARCH),
        !counter,
        new RowReader(
            session,
            RowColumns.of(mapping, five, false),
            settings.read().groupSize(),
            workers,
            times.reads(table.table(), Direction.CASSANDRA_TO_ELASTICSEARCH)),
        new RowScanner(session, RowColumns.of(mapping, five, true), workers),
        SourceMark.of(mapping, table),
        ledger.map(known -> twoWay(mapping, table, known)));
  }

  private TwoWay twoWay(TableMapping mapping, TableSettings table, TableLedger known) {
    return new TwoWay(
        new Merge(mapping),
        new RowWriter(
            session, mapping, times.writes(table.table(), Direction.ELASTICSEARCH_TO_CASSANDRA)),
        known,
        new TableIntents(intents, table.table().toString(), fatal),
        new DocumentReader(client, table.index(), server),
        table.followsTable(),
        timestamps,
        timestamps.isWrittenTo(mapping),
        !server.hasSequenceNumbers(),
        table.deletedField().map(DeletionMark::new),
        // A pipeline may add what it likes.
        new DocumentCheck(
            mapping, Inspector.documentFields(table).names(), table.pipeline().isPresent()));
  }

  private BulkLimits limits(TableSettings table) {
    BulkSettings bulk = settings.bulkFor(table);
    return new BulkLimits(bulk.maxDocuments(), bulk.maxBytes().bytes(), bulk.inFlight());
  }

  private boolean allNodesAreFive() {
    return session.getMetadata().getNodes().values().stream()
        .allMatch(
            node ->
                node.getCassandraVersion() != null
                    && node.getCassandraVersion().nextStable().compareTo(FIVE) >= 0);
  }
}
