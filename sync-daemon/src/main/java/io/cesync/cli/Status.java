package io.cesync.cli;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import io.cesync.state.State;
import io.cesync.state.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a status tells.
 *
 * @param runningPid of the daemon that holds the state's lock; empty if none runs
 */
record Status(State state, Optional<String> runningPid, Instant now) {

  /** One table in one direction. */
  record Line(TableName table, Direction direction, StreamState stream) {}

  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    state
        .tables()
        .forEach(
            (table, streams) ->
                streams.forEach(
                    (direction, stream) -> lines.add(new Line(table, direction, stream))));
    return lines;
  }

  /** How far an instant lies back; never negative, since clocks differ. */
  Duration since(Instant instant) {
    Duration since = Duration.between(instant, now);
    return since.isNegative() ? Duration.ZERO : since;
  }
}
