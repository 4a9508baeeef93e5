package io.cesync.daemon;

import io.cesync.document.Indices;
import io.cesync.inspect.TableFacts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Notices that an index was deleted or created anew while it is written to. */
final class IndexWatch {

  private static final long EVERY_MILLIS = 5_000;

  private final Indices indices;
  private final List<TableFacts> tables;
  private long nextAt;

  IndexWatch(Indices indices, List<TableFacts> tables, long now) {
    this.indices = indices;
    this.tables = tables;
    this.nextAt = now + EVERY_MILLIS;
  }

  /** What isn't as it was; empty if all is, or if it isn't time to look. */
  Optional<String> changed(long now) {
    if (now < nextAt) {
      return Optional.empty();
    }
    nextAt = now + EVERY_MILLIS;
    try {
      for (TableFacts table : tables) {
        Optional<Indices.Index> index = indices.find(table.settings().index());
        if (index.isEmpty()) {
          return Optional.of("The index " + table.settings().index() + " was deleted.");
        }
        if (!index.get().uuid().equals(table.index().uuid())) {
          return Optional.of("The index " + table.settings().index() + " was created anew.");
        }
      }
    } catch (IOException e) {
      // The server is away: those who write to it say so.
    }
    return Optional.empty();
  }
}
