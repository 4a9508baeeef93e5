package io.cesync.daemon;

import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.document.WriteResult.Scope;
import io.cesync.inspect.TableFacts;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import io.cesync.sync.Engine;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices that an index was deleted or created anew, or is to be another one, while it is written
 * to; and that its mapping or its settings changed: it may take what it refused before.
 */
final class IndexWatch {

  private static final long EVERY_MILLIS = 5_000;
  private static final long OFTEN_MILLIS = 500;

  /** What happened, and whether that is as it should be. */
  record Change(String text, boolean expected) {}

  private final Indices indices;
  private final List<TableFacts> tables;
  private final Settings settings;
  private final ResyncState resyncs;
  private final Listener listener;
  private final Map<TableName, Indices.Index> last = new HashMap<>();
  private long nextAt;

  /** Told of what else it sees. */
  interface Listener {

    /** Once for each change: a table's index has another mapping or other settings. */
    void altered(TableName table);

    /**
     * After each look: whether the server could be asked.
     *
     * @param failure why not; null if it could
     */
    void answered(IOException failure);

    static Listener of(Engine engine) {
      return new Listener() {
        @Override
        public void altered(TableName table) {
          engine.retryDeadLetters(table);
        }

        @Override
        public void answered(IOException failure) {
          engine.searchAnswered(failure);
        }
      };
    }
  }

  /**
   * @param settings of the tables, as they were written
   */
  IndexWatch(
      Indices indices,
      List<TableFacts> tables,
      Settings settings,
      ResyncState resyncs,
      Listener listener,
      long now) {
    this.indices = indices;
    this.settings = settings;
    this.tables = tables;
    this.resyncs = resyncs;
    this.listener = listener;
    this.nextAt = now + EVERY_MILLIS;
    tables.forEach(table -> last.put(table.settings().table(), table.index()));
  }

  /** What isn't as it was; empty if all is, or if it isn't time to look. */
  Optional<Change> changed(long now) {
    Optional<Change> rebuilt = tables.stream().flatMap(table -> rebuilt(table).stream()).findAny();
    return rebuilt.isPresent() ? rebuilt : replacedBy(now);
  }

  /** A resync of a two-way table has begun, or is done. */
  private Optional<Change> rebuilt(TableFacts table) {
    TableSettings present = table.settings();
    return settings.tables().stream()
        .filter(each -> each.table().equals(present.table()))
        .map(resyncs::present)
        .filter(each -> !each.index().equals(present.index()))
        .findAny()
        .map(
            each ->
                new Change(
                    "%s: going on with %s, because of a resync."
                        .formatted(each.table(), each.index()),
                    true));
  }

  private Optional<Change> replacedBy(long now) {
    if (now < nextAt) {
      return Optional.empty();
    }
    nextAt = now + (isResyncUnderWay() ? OFTEN_MILLIS : EVERY_MILLIS);
    try {
      for (TableFacts table : tables) {
        Optional<Indices.Index> index = indices.find(table.settings().index());
        if (index.isEmpty()) {
          return Optional.of(
              new Change("The index " + table.settings().index() + " was deleted.", false));
        }
        if (!index.get().uuid().equals(table.index().uuid())) {
          return Optional.of(replaced(table, index.get()));
        }
        TableName name = table.settings().table();
        Indices.Index before = last.put(name, index.get());
        if (!index.get().takesTheSame(before)) {
          listener.altered(name);
        }
      }
      listener.answered(null);
    } catch (IOException e) {
      if (SearchClient.scope(e) == Scope.SERVER) {
        listener.answered(e);
      }
    }
    return Optional.empty();
  }

  private boolean isResyncUnderWay() {
    return tables.stream().anyMatch(table -> resyncs.isBegun(table.settings().table()));
  }

  private Change replaced(TableFacts table, Indices.Index now) {
    String name = table.settings().index();
    return resyncs.of(table.settings(), now.uuid()).isPresent()
        ? new Change("%s is %s now, which a resync has built.".formatted(name, now.name()), true)
        : new Change("The index " + name + " was created anew.", false);
  }
}
