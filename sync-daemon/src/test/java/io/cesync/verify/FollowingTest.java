package io.cesync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cesync.UserError;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.state.SearchShard;
import io.cesync.state.SnapshotState;
import io.cesync.state.State;
import io.cesync.state.StreamState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** When what the daemon hasn't brought over yet begins to count. The late window is 60 s. */
class FollowingTest {

  private static final TableName TABLE = new TableName("a", "b");
  private static final Instant WRITTEN = FakeTime.START;

  private final FakeTime time = new FakeTime();
  private final List<String> said = new ArrayList<>();
  private boolean daemonRuns = true;

  private final Watcher watcher =
      new Watcher() {
        @Override
        public void done(int parts, int of) {}

        @Override
        public void say(String line) {
          said.add(line);
        }
      };

  private Following following(String direction, Function<Instant, State> states) {
    Settings settings =
        Settings.parse(
            """
            cassandra: {contact_points: [h], local_datacenter: dc}
            elasticsearch: {hosts: ["http://h:9200"]}
            tables: [{table: a.b, direction: %s}]
            """
                .formatted(direction),
            Path.of("settings.yaml"),
            Map.of());
    return new Following(
        settings,
        settings.tables().get(0),
        new Surroundings(time, time, () -> states.apply(time.instant()), () -> daemonRuns),
        new Patience(time, time, Duration.ofSeconds(60)),
        watcher);
  }

  private static State at(Instant position) {
    return State.EMPTY.with(
        TABLE, Direction.CASSANDRA_TO_ELASTICSEARCH, StreamState.NEW.withPosition(position));
  }

  private long secondsWaited() {
    return Duration.between(FakeTime.START, time.instant()).toSeconds();
  }

  @Test
  void aDaemonThatKeepsUpIsWaitedForUntilItIsThere() throws InterruptedException {
    following("cassandra-to-elasticsearch", now -> at(now.minusSeconds(61)))
        .awaitBroughtOver(WRITTEN);
    assertThat(secondsWaited()).isEqualTo(61);
    assertThat(said).isEmpty();
  }

  @Test
  void oneThatIsBehindIsWaitedForAsLongAsItGetsOn() throws InterruptedException {
    // Three hours behind, and twice as fast as time.
    Instant begin = FakeTime.START.minus(Duration.ofHours(3));
    following(
            "cassandra-to-elasticsearch",
            now -> at(begin.plus(Duration.between(FakeTime.START, now).multipliedBy(2))))
        .awaitBroughtOver(WRITTEN);
    assertThat(secondsWaited()).isEqualTo(Duration.ofMinutes(90).toSeconds());
    assertThat(said).hasSize(1).first().asString().contains("the daemon is behind");
  }

  @Test
  void oneThatStandsStillIsNotWaitedForForEver() throws InterruptedException {
    following("cassandra-to-elasticsearch", now -> at(FakeTime.START.minusSeconds(500)))
        .awaitBroughtOver(WRITTEN);
    assertThat(secondsWaited()).isBetween(100L, 150L);
    assertThat(said).last().asString().contains("stands still at 2025-12-31T23:51:40Z");
  }

  @Test
  void withoutADaemonTheLateWindowIsEnough() throws InterruptedException {
    daemonRuns = false;
    Following following =
        following("cassandra-to-elasticsearch", now -> at(FakeTime.START.minusSeconds(500)));
    following.tellIfNobodyFollows(false);
    following.awaitBroughtOver(WRITTEN);
    assertThat(secondsWaited()).isBetween(60L, 65L);
    assertThat(said).hasSize(1).first().asString().contains("no daemon", "2025-12-31T23:51:40Z");
  }

  @Test
  void bothDirectionsHaveToBeThere() throws InterruptedException {
    Following following =
        following(
            "both",
            now ->
                at(now)
                    .with(
                        TABLE,
                        Direction.ELASTICSEARCH_TO_CASSANDRA,
                        StreamState.NEW.withPosition(now.minusSeconds(30))));
    following.awaitBroughtOver(WRITTEN);
    assertThat(secondsWaited()).isEqualTo(30);
  }

  @Test
  void aTableThatIsBeingCopiedIsNotCompared() {
    SnapshotState copying =
        SnapshotState.begun(FakeTime.START, 4, List.of(), FakeTime.START.minusSeconds(60));
    State state =
        State.EMPTY.with(
            TABLE, Direction.CASSANDRA_TO_ELASTICSEARCH, StreamState.NEW.withSnapshot(copying));
    assertThatThrownBy(() -> following("both", now -> state).requireCopied())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.b is still being copied");
    State look =
        State.EMPTY.with(
            TABLE,
            Direction.ELASTICSEARCH_TO_CASSANDRA,
            StreamState.NEW.withShards(Map.of(0, new SearchShard("u", "h", 3, Optional.of(9L)))));
    assertThatThrownBy(() -> following("both", now -> look).requireCopied())
        .isInstanceOf(UserError.class);
    daemonRuns = false;
    following("both", now -> state).requireCopied();
  }
}
