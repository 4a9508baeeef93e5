package io.cesync.daemon;

import io.cesync.document.Indices;
import io.cesync.inspect.TableFacts;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Notices that an index was deleted or created anew, or is to be another one, while it is written
 * to.
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
  private long nextAt;

  /**
   * @param settings of the tables, as they were written
   */
  IndexWatch(
      Indices indices, List<TableFacts> tables, Settings settings, ResyncState resyncs, long now) {
    this.indices = indices;
    this.settings = settings;
    this.tables = tables;
    this.resyncs = resyncs;
    this.nextAt = now + EVERY_MILLIS;
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
      }
    } catch (IOException e) {
      // The server is away: those who write to it say so.
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
