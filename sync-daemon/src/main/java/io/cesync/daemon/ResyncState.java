package io.cesync.daemon;

import io.cesync.inspect.TableFacts;
import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import io.cesync.state.State;
import io.cesync.state.StateException;
import io.cesync.state.StateFile;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How far resyncs are, each in a file of its own beside {@code state.yaml}. Such a file says of one
 * index, by its uuid, up to where the table's changes are in it; that is true at all times. So
 * whoever finds that index behind the table's name may go on from there, whatever else happened.
 */
record ResyncState(Path stateFile) {

  private static final Direction DIRECTION = Direction.CASSANDRA_TO_ELASTICSEARCH;

  Path file(TableName table) {
    return beside(".resync-" + table.toString().replace("\"", ""));
  }

  /** What keeps a second resync off. */
  Path lock() {
    return beside(".resync");
  }

  private Path beside(String more) {
    Path absolute = stateFile.toAbsolutePath().normalize();
    return absolute.resolveSibling(absolute.getFileName() + more);
  }

  boolean isBegun(TableName table) {
    return Files.exists(file(table));
  }

  /** How far the resync of a table is; empty if there is none. */
  Optional<StreamState> of(TableName table) {
    return isBegun(table)
        ? Optional.of(new StateFile(file(table)).load().stream(table, DIRECTION))
        : Optional.empty();
  }

  /** How far the resync of a table is, if this is the index that it built. */
  Optional<StreamState> of(TableSettings table, String indexUuid) {
    return table.followsTable() && !table.followsIndex()
        ? of(table.table()).filter(made -> made.indexUuid().equals(Optional.of(indexUuid)))
        : Optional.empty();
  }

  /** A state that goes on with the indices that resyncs have put in the places of others. */
  State adopted(State state, List<TableFacts> tables) {
    State next = state;
    for (TableFacts table : tables) {
      next = adopted(next, table.settings(), table.index().uuid());
    }
    return next;
  }

  State adopted(State state, TableSettings table, String indexUuid) {
    Optional<StreamState> made = of(table, indexUuid);
    StreamState known = state.stream(table.table(), DIRECTION);
    // If it has that index already, it was taken over, and has gone on since.
    if (made.isEmpty() || known.indexUuid().equals(made.get().indexUuid())) {
      return state;
    }
    return state.with(
        table.table(),
        DIRECTION,
        made.get().withIndex(table.index()).withCounts(known.counts().plus(made.get().counts())));
  }

  /** Removes the files of those that were taken over, once the state is on disk. */
  void forget(State saved, List<TableFacts> tables) {
    for (TableFacts table : tables) {
      if (of(table.settings(), table.index().uuid()).isPresent()
          && saved.stream(table.settings().table(), DIRECTION)
              .indexUuid()
              .equals(Optional.of(table.index().uuid()))) {
        forget(table.settings().table());
      }
    }
  }

  void forget(TableName table) {
    try {
      Files.deleteIfExists(file(table));
    } catch (IOException e) {
      throw new StateException(file(table) + " can't be deleted (" + e + ").", e);
    }
  }
}
