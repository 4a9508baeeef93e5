package io.cesync.sync;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.Version;
import io.cesync.document.BulkLimits;
import io.cesync.document.DocumentReader;
import io.cesync.document.SearchClient;
import io.cesync.document.ServerVersion;
import io.cesync.mapping.TableMapping;
import io.cesync.merge.Merge;
import io.cesync.row.RowColumns;
import io.cesync.row.RowReader;
import io.cesync.row.RowScanner;
import io.cesync.row.RowWriter;
import io.cesync.settings.BulkSettings;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Prepares the statements for a version of a table's schema. Waits for Cassandra. */
final class TargetFactory {

  private static final Version FIVE = Objects.requireNonNull(Version.parse("5.0.0"));

  private final CqlSession session;
  private final Executor workers;
  private final Settings settings;
  private final SearchClient client;
  private final ServerVersion server;
  private final Optional<TableLedger> ledger;

  /**
   * @param server its version
   * @param ledger of a table whose index is followed
   */
  TargetFactory(Shared shared, ServerVersion server, Optional<TableLedger> ledger) {
    this.session = shared.session();
    this.workers = shared.workers();
    this.settings = shared.settings();
    this.client = shared.client();
    this.server = server;
    this.ledger = ledger;
  }

  TableTarget of(TableMapping mapping, TableSettings table, boolean counter) {
    boolean five = allNodesAreFive();
    return new TableTarget(
        mapping,
        table.index(),
        table.pipeline().orElse(null),
        limits(table),
        !counter,
        new RowReader(
            session, RowColumns.of(mapping, five, false), settings.read().groupSize(), workers),
        new RowScanner(session, RowColumns.of(mapping, five, true), workers),
        ledger.map(known -> twoWay(mapping, table, known)));
  }

  private TwoWay twoWay(TableMapping mapping, TableSettings table, TableLedger known) {
    return new TwoWay(
        new Merge(mapping),
        new RowWriter(session, mapping),
        known,
        new DocumentReader(client, table.index(), server),
        table.followsTable());
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
