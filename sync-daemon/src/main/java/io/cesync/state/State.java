package io.cesync.state;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import io.cesync.yaml.Declared;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that {@code state.yaml} says. Immutable; instants are kept to the microsecond.
 *
 * @param format of the file; {@link #FORMAT}
 * @param daemon the one that saved it last; empty if none ever did
 * @param tables by table, then by direction
 * @param verified by table, how comparing it with its index ended last
 */
public record State(
    int format,
    Optional<DaemonState> daemon,
    Map<TableName, Map<Direction, StreamState>> tables,
    @Declared(text = "How comparing ended.", byDefault = "{}")
        Map<TableName, VerifyState> verified) {
  /** The format that this version reads and writes. */
  public static final int FORMAT = 1;

  /** Nothing has been done yet. */
  public static final State EMPTY = new State(FORMAT, Optional.empty(), Map.of(), Map.of());

  public State {
    Map<TableName, Map<Direction, StreamState>> sorted = new TreeMap<>();
    tables.forEach(
        (table, streams) -> sorted.put(table, Collections.unmodifiableMap(new TreeMap<>(streams))));
    tables = Collections.unmodifiableMap(sorted);
    verified = Collections.unmodifiableMap(new TreeMap<>(verified));
  }

  /** What is known of a table in a direction; {@link StreamState#NEW} if nothing. */
  public StreamState stream(TableName table, Direction direction) {
    return tables.getOrDefault(table, Map.of()).getOrDefault(direction, StreamState.NEW);
  }

  /** This state, with another one for a table in a direction. */
  public State with(TableName table, Direction direction, StreamState stream) {
    Map<Direction, StreamState> streams = new LinkedHashMap<>(tables.getOrDefault(table, Map.of()));
    streams.put(direction, stream);
    Map<TableName, Map<Direction, StreamState>> more = new LinkedHashMap<>(tables);
    more.put(table, streams);
    return new State(format, daemon, more, verified);
  }

  /** This state, with another daemon. */
  public State with(DaemonState saver) {
    return new State(format, Optional.of(saver), tables, verified);
  }

  /** This state, with how comparing a table ended. */
  public State with(TableName table, VerifyState result) {
    Map<TableName, VerifyState> more = new LinkedHashMap<>(verified);
    more.put(table, result);
    return new State(format, daemon, tables, more);
  }
}
