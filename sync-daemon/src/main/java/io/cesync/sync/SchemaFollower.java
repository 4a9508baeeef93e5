package io.cesync.sync;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.document.Indices;
import io.cesync.inspect.Inspector;
import io.cesync.inspect.TableFacts;
import io.cesync.mapping.ColumnRules;
import io.cesync.mapping.IndexMapping;
import io.cesync.mapping.TableMapping;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a table's schema while it is synced: new columns and UDT fields are added to the index's
 * mapping and are read from then on; dropped ones are no longer read. Thread-safe.
 */
final class SchemaFollower implements SchemaWatch, Consumer<String> {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaFollower.class);
  private static final long LEAST_MILLIS_BETWEEN = 1_000;
  private static final long RETRY_MILLIS = 3_000;

  private final Shared shared;
  private final TableFacts facts;
  private final TargetFactory targets;
  private final Indices indices;
  private final AtomicBoolean queued = new AtomicBoolean();
  private volatile TableMetadata known;
  private volatile Set<String> knownColumns;
  private volatile String outdated;
  private volatile TableSync sync;
  private volatile long refreshedAt;

  SchemaFollower(Shared shared, TableFacts facts, TargetFactory targets) {
    this.shared = shared;
    this.facts = facts;
    this.targets = targets;
    this.indices = new Indices(shared.client());
    this.known = metadata().orElseThrow();
    this.knownColumns = names(known);
  }

  void follow(TableSync followed) {
    sync = followed;
  }

  private Optional<TableMetadata> metadata() {
    return Inspector.metadata(shared.session(), facts.settings().table());
  }

  private static Set<String> names(TableMetadata table) {
    return table.getColumns().keySet().stream()
        .map(CqlIdentifier::asInternal)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean isNews(Set<String> columns) {
    return !knownColumns.containsAll(columns);
  }

  @Override
  public void outdated(String why) {
    outdated = why;
  }

  /** Why this table has to begin anew; empty if it doesn't. */
  Optional<String> outdated() {
    return Optional.ofNullable(outdated);
  }

  @Override
  public void refresh() {
    long now = shared.clock().millis();
    if (now - refreshedAt > LEAST_MILLIS_BETWEEN) {
      refreshedAt = now;
      shared.session().refreshSchemaAsync().thenRun(this::look);
    }
  }

  @Override
  public void accept(String keyspace) {
    if (keyspace.equals(facts.settings().table().keyspace())) {
      look();
    }
  }

  private void look() {
    if (sync != null && queued.compareAndSet(false, true)) {
      shared.workers().execute(this::rebuild);
    }
  }

  private void rebuild() {
    queued.set(false);
    Optional<TableMetadata> now = metadata();
    if (now.isEmpty()) {
      outdated = "The table " + facts.settings().table() + " was dropped.";
      return;
    }
    if (!now.get().getId().equals(known.getId())) {
      outdated = "The table " + facts.settings().table() + " was created anew.";
      return;
    }
    if (now.get().equals(known)) {
      return;
    }
    try {
      TableMapping mapping = TableMapping.of(now.get(), rules(now.get()));
      ObjectNode missing =
          IndexMapping.missing(
              mapping,
              indices.find(facts.settings().index()).orElseThrow().mapping(),
              indices.version().flavor(),
              Inspector.documentFields(facts.settings()));
      if (!IndexMapping.isEmpty(missing)) {
        indices.addToMapping(facts.settings().index(), missing);
      }
      sync.schemaChanged(targets.of(mapping, facts.settings(), facts.isCounter()));
      known = now.get();
      knownColumns = names(known);
      LOG.info(
          "{}: the schema has changed; columns are now {}.",
          facts.settings().table(),
          mapping.columns().stream().map(c -> c.column()).collect(Collectors.joining(", ")));
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "{}: the changed schema can't be followed yet ({}); trying again.",
          facts.settings().table(),
          e.getMessage());
      var unused = shared.thread().schedule(this::look, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** What the settings say, without columns that were dropped since. */
  private ColumnRules rules(TableMetadata table) {
    return Inspector.rules(facts.settings()).restrictedTo(table);
  }
}
