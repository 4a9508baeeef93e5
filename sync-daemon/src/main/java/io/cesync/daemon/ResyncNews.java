package io.cesync.daemon;

import io.cesync.settings.TableName;
import io.cesync.state.State;
import io.cesync.state.StateLock;
import io.cesync.state.StreamState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What people should know of resyncs that aren't done. */
public final class ResyncNews {

  private ResyncNews() {}

  /** A line for each; empty if there are none. */
  public static List<String> of(State state, Path stateFile) {
    ResyncState progress = new ResyncState(stateFile);
    boolean isAtWork = StateLock.holder(progress.lock()).isPresent();
    return state.tables().keySet().stream()
        .flatMap(table -> of(table, progress, isAtWork).stream())
        .toList();
  }

  private static Optional<String> of(TableName table, ResyncState progress, boolean isAtWork) {
    Optional<Rebuilding> twoWay = progress.rebuilding(table);
    Optional<String> index =
        twoWay.map(Rebuilding::newIndex).or(() -> progress.of(table).flatMap(StreamState::index));
    return index.map(
        name -> {
          String what = "%s: a resync is building %s".formatted(table, name);
          if (isAtWork || twoWay.filter(Rebuilding::handedOver).isPresent()) {
            return what + ".";
          }
          String swapped =
              twoWay.filter(indices -> indices.swapMillis() > 0).isPresent()
                  ? " Applications may write to it already, and what they change reaches the table only then."
                  : " Or give it up with --abort.";
          return what + ", but doesn't run: run it again." + swapped;
        });
  }
}
