package io.cesync.watch;

import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.state.Counts;
import io.cesync.state.State;
import io.cesync.state.StreamState;
import io.cesync.sync.Vitals;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A board, and what is put down on it, at times that tests make. */
public final class Looks extends Clock {
  public static final TableName PRODUCT = new TableName("shop", "product");
  public static final Direction THERE = Direction.CASSANDRA_TO_ELASTICSEARCH;
  public static final Direction BACK = Direction.ELASTICSEARCH_TO_CASSANDRA;

  private static final Settings SETTINGS =
      Settings.parse(
          """
          cassandra: {contact_points: [a], local_datacenter: dc}
          elasticsearch: {hosts: ["http://b:9200"]}
          tables: [{table: shop.product}]
          stall_after: 60s
          late_window: 60s
          """,
          Path.of("settings.yaml"),
          Map.of());

  private final Map<TableName, Map<Direction, Vitals.Stream>> streams = new HashMap<>();
  private Instant now = Instant.parse("2026-01-31T12:00:00Z");
  private State state = State.EMPTY;
  private boolean cassandra = true;
  private boolean search = true;
  public final Board board = new Board(SETTINGS, this);

  /** It begins to follow the tables that were put down. */
  public Looks following() {
    board.following(SETTINGS);
    return this;
  }

  /** A stream that has nothing to do and has read everything. */
  public static Vitals.Stream idle(Instant at) {
    return new Vitals.Stream(Optional.of(at), 0, 0, 7, Optional.empty(), true);
  }

  /** One that has work since a time. */
  public static Vitals.Stream busy(Instant readTo, Instant oldest, long finished) {
    return new Vitals.Stream(Optional.of(readTo), 5, 2, finished, Optional.of(oldest), true);
  }

  public Looks put(
      TableName table,
      Direction direction,
      Vitals.Stream vitals,
      UnaryOperator<StreamState> change) {
    streams.computeIfAbsent(table, t -> new EnumMap<>(Direction.class)).put(direction, vitals);
    state = state.with(table, direction, change.apply(state.stream(table, direction)));
    return this;
  }

  public Looks put(TableName table, Direction direction, Vitals.Stream vitals) {
    return put(table, direction, vitals, same -> same);
  }

  /** A table is synced no more. */
  public Looks drop(TableName table) {
    streams.remove(table);
    return this;
  }

  public Looks servers(boolean cassandraAnswers, boolean searchAnswers) {
    cassandra = cassandraAnswers;
    search = searchAnswers;
    return this;
  }

  /** So many documents were written. */
  public static UnaryOperator<StreamState> applied(long count) {
    return stream -> stream.withCounts(new Counts(count, 0, 0, 0, 0, 0, 0, 0));
  }

  /** The engine is looked at now. */
  public Looks look() {
    board.seen(state, new Vitals(cassandra, search, 0, streams));
    board.tick();
    return this;
  }

  public Looks after(Duration time) {
    now = now.plus(time);
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
