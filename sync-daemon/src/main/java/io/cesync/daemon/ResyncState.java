package io.cesync.daemon;

import io.cesync.inspect.TableFacts;
import io.cesync.intents.IntentLog;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import io.cesync.state.Counts;
import io.cesync.state.State;
import io.cesync.state.StateException;
import io.cesync.state.StateFile;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far resyncs are, each in a file of its own beside {@code state.yaml}. Such a file says of one
 * index, by its uuid, up to where the table's changes are in it; that is true at all times. So
 * whoever finds that index behind the table's name may go on from there, whatever else happened. Of
 * a two-way table that isn't enough: a {@link Rebuilding} says when.
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

  private Path rebuildingFile(TableName table) {
    return file(table).resolveSibling(file(table).getFileName() + ".indices");
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

  /** How far the resync of a table is, if this is the index that it built, and it is done. */
  Optional<StreamState> of(TableSettings table, String indexUuid) {
    boolean isDone =
        table.followsTable()
            && (!table.followsIndex()
                || rebuilding(table.table()).filter(Rebuilding::handedOver).isPresent());
    return isDone
        ? of(table.table()).filter(made -> made.indexUuid().equals(Optional.of(indexUuid)))
        : Optional.empty();
  }

  /** The two indices of a two-way table that is being rebuilt. */
  Optional<Rebuilding> rebuilding(TableName table) {
    return Rebuilding.read(rebuildingFile(table));
  }

  void save(TableName table, Rebuilding rebuilding) {
    rebuilding.write(rebuildingFile(table));
  }

  /** The settings as the daemon runs with them: an index that is being rebuilt by its own name. */
  Settings present(Settings settings) {
    return settings.withTables(settings.tables().stream().map(this::present).toList());
  }

  TableSettings present(TableSettings table) {
    return table.followsTable() && table.followsIndex()
        ? rebuilding(table.table())
            .filter(indices -> !indices.handedOver())
            .map(indices -> table.withIndex(indices.oldIndex()))
            .orElse(table)
        : table;
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
    moveIntents(table.table());
    State next = state;
    for (Map.Entry<Direction, StreamState> built : streams(table.table()).entrySet()) {
      Counts before = state.stream(table.table(), built.getKey()).counts();
      StreamState stream = built.getValue().withIndex(table.index());
      next =
          next.with(table.table(), built.getKey(), stream.withCounts(before.plus(stream.counts())));
    }
    return next;
  }

  /** What it was about to write when it ended, for whoever goes on. */
  private void moveIntents(TableName table) {
    Path from = IntentLog.beside(file(table));
    try {
      IntentLog.move(from, IntentLog.beside(stateFile));
    } catch (IOException e) {
      throw new StateException(
          "%s can't be moved (%s). Give cesync the right to do that.".formatted(from, e), e);
    }
  }

  private Map<Direction, StreamState> streams(TableName table) {
    return new StateFile(file(table)).load().tables().getOrDefault(table, Map.of());
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
      // In this order: the last says what the others are of.
      IntentLog.delete(IntentLog.beside(file(table)));
      Files.deleteIfExists(file(table));
      Files.deleteIfExists(rebuildingFile(table));
    } catch (IOException e) {
      throw new StateException(file(table) + " can't be deleted (" + e + ").", e);
    }
  }
}
