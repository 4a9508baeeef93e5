package io.cesync.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import io.cesync.state.StreamState.Lag;
import io.cesync.state.StreamState.LastError;
import io.cesync.state.StreamState.LogLayout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTextTest {
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  @Property(tries = 300)
  void everyStateComesBack(@ForAll("states") State state) {
    assertThat(StateText.read(StateText.write(state), "f")).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0085", "a\u2028b\n", "\u2029 ", "a\r\nb", "a\nb\n"})
  void lineBreaksOfEveryKindComeBack(String text) {
    StreamState stream = StreamState.NEW.withLastError(new LastError(Instant.EPOCH, text));
    State state =
        State.EMPTY.with(new TableName("ks", "t"), Direction.CASSANDRA_TO_ELASTICSEARCH, stream);
    assertThat(StateText.read(StateText.write(state), "f")).isEqualTo(state);
  }

  @Provide
  Arbitrary<State> states() {
    Arbitrary<DaemonState> daemons =
        Combinators.combine(counts(), texts(), instants(), instants(), Arbitraries.of(true, false))
            .as(DaemonState::new);
    Arbitrary<TableName> tables = Combinators.combine(names(), names()).as(TableName::new);
    Arbitrary<Map<Direction, StreamState>> streams =
        streams().map(stream -> Map.of(Direction.CASSANDRA_TO_ELASTICSEARCH, stream));
    return Combinators.combine(daemons.optional(), Arbitraries.maps(tables, streams).ofMaxSize(3))
        .as((daemon, all) -> new State(State.FORMAT, daemon, all));
  }

  private Arbitrary<Map<Integer, SearchShard>> shards() {
    return Arbitraries.maps(
            Arbitraries.integers().between(0, 100),
            Combinators.combine(texts(), texts(), counts(), counts().optional())
                .as(SearchShard::new))
        .ofMaxSize(3);
  }

  private Arbitrary<StreamState> streams() {
    Arbitrary<LogLayout> layouts =
        Combinators.combine(Arbitraries.integers(), Arbitraries.integers()).as(LogLayout::new);
    Arbitrary<Lag> lags = Combinators.combine(counts(), counts(), counts()).as(Lag::new);
    Arbitrary<LastError> errors = Combinators.combine(instants(), texts()).as(LastError::new);
    Arbitrary<StreamState> places =
        Combinators.combine(
                texts().optional(),
                texts().optional(),
                texts().optional(),
                layouts.optional(),
                snapshots(),
                instants().optional(),
                instants().optional(),
                shards())
            .as(
                (index, uuid, table, layout, snapshot, position, applied, shards) ->
                    new StreamState(
                        index,
                        uuid,
                        table,
                        layout,
                        snapshot,
                        position,
                        applied,
                        Counts.ZERO,
                        StreamState.NEW.lagMs(),
                        StreamState.NEW.lastError(),
                        uuid,
                        index,
                        shards));
    Arbitrary<Counts> numbers =
        counts()
            .list()
            .ofSize(8)
            .map(
                n ->
                    new Counts(
                        n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5), n.get(6),
                        n.get(7)));
    return Combinators.combine(places, numbers, lags.optional(), errors.optional())
        .as(
            (place, count, lag, error) -> {
              StreamState counted = place.withCounts(count);
              StreamState lagged = lag.map(counted::withLag).orElse(counted);
              return error.map(lagged::withLastError).orElse(lagged);
            });
  }

  private Arbitrary<SnapshotState> snapshots() {
    Arbitrary<Ranges> ranges =
        Arbitraries.integers()
            .between(1, 200)
            .flatMap(
                total ->
                    Arbitraries.integers()
                        .between(0, total - 1)
                        .list()
                        .map(done -> ranges(total, done)));
    return Combinators.combine(
            Arbitraries.of(SnapshotState.Status.class),
            instants().optional(),
            instants().optional(),
            counts(),
            ranges,
            Arbitraries.longs().between(-1, 1L << 56).list().ofMaxSize(3),
            instants().optional())
        .as(SnapshotState::new);
  }

  private static Ranges ranges(int total, List<Integer> done) {
    Ranges ranges = Ranges.of(total);
    for (int range : done) {
      ranges = ranges.with(range);
    }
    return ranges;
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .numeric()
        .ofMinLength(1)
        .ofMaxLength(20);
  }

  /** Whatever an error message may hold. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60).filter(StateTextTest::isWellFormed),
        Arbitraries.of(
            "",
            "~",
            "null",
            "true",
            "1",
            "- a",
            "a: b",
            "# c",
            "'\"",
            "2026-01-31",
            "*x",
            "&y",
            "\r\n\t",
            "\u0085\u2028\u0000\uFFFE😀"));
  }

  /** Not half of a surrogate pair: no file in UTF-8 can hold that. */
  private static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private static Arbitrary<Long> counts() {
    return Arbitraries.longs().between(0, 999_999_999_999_999_999L);
  }

  private static Arbitrary<Instant> instants() {
    return Combinators.combine(
            Arbitraries.longs().between(0, LAST_SECOND),
            Arbitraries.longs().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }
}
