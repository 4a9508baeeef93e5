package io.cesync.sync;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.Version;
import io.cesync.document.BulkLimits;
import io.cesync.mapping.TableMapping;
import io.cesync.row.RowColumns;
import io.cesync.row.RowReader;
import io.cesync.row.RowScanner;
import io.cesync.settings.BulkSettings;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Prepares the statements for a version of a table's schema. Waits for Cassandra. */
final class TargetFactory {

  private static final Version FIVE = Objects.requireNonNull(Version.parse("5.0.0"));

  private final CqlSession session;
  private final Executor workers;
  private final Settings settings;

  TargetFactory(CqlSession session, Executor workers, Settings settings) {
    this.session = session;
    this.workers = workers;
    this.settings = settings;
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
        new RowScanner(session, RowColumns.of(mapping, five, true), workers));
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
