package io.cesync.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import io.cesync.state.Counts;
import io.cesync.state.State;
import io.cesync.state.StateFile;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResyncStateTest {

  private static final Direction DIRECTION = Direction.CASSANDRA_TO_ELASTICSEARCH;
  private static final Direction BACK = Direction.ELASTICSEARCH_TO_CASSANDRA;
  private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NEW = Instant.parse("2026-01-02T00:00:00Z");

  @TempDir Path directory;
  private ResyncState resyncs;
  private TableSettings table;

  @BeforeEach
  void resyncIsBegun() {
    resyncs = new ResyncState(directory.resolve("state.yaml"));
    table = table("cassandra-to-elasticsearch");
    new StateFile(resyncs.file(table.table()))
        .save(State.EMPTY.with(table.table(), DIRECTION, stream("t-1", "new", NEW)));
  }

  private TableSettings table(String direction) {
    return Settings.parse(
            """
            cassandra: {contact_points: [x], local_datacenter: y}
            elasticsearch: {hosts: ["http://x"]}
            tables: [{table: a.b, index: t, direction: %s}]
            """
                .formatted(direction),
            directory.resolve("settings.yaml"),
            Map.of())
        .tables()
        .get(0);
  }

  private static StreamState stream(String index, String uuid, Instant position) {
    return StreamState.NEW
        .withIdentity(index, uuid, "table", new StreamState.LogLayout(300, 4))
        .withPosition(position)
        .withCounts(new Counts(10, 0, 0, 0, 0, 0, 0, 0));
  }

  private State known(String uuid, Instant position) {
    return State.EMPTY.with(table.table(), DIRECTION, stream("t", uuid, position));
  }

  @Test
  void anIndexThatAResyncBuiltGoesOnFromWhereThatWas() {
    StreamState adopted =
        resyncs.adopted(known("old", OLD), table, "new").stream(table.table(), DIRECTION);
    assertThat(adopted.index()).contains("t");
    assertThat(adopted.indexUuid()).contains("new");
    assertThat(adopted.position()).contains(NEW);
    assertThat(adopted.counts().applied()).isEqualTo(20);
  }

  @Test
  void whileTheOldIndexOrAThirdOneIsThereNothingChanges() {
    State before = known("old", OLD);
    assertThat(resyncs.adopted(before, table, "old")).isSameAs(before);
    assertThat(resyncs.adopted(before, table, "third")).isSameAs(before);
  }

  @Test
  void whatWasTakenOverBeforeACrashIsNotTakenOverTwice() {
    State before = known("new", NEW.plusSeconds(60));
    assertThat(resyncs.adopted(before, table, "new")).isSameAs(before);
  }

  @Test
  void aTableThatIsTwoWayByNowTakesNothingOver() {
    State before = known("old", OLD);
    assertThat(resyncs.adopted(before, table("both"), "new")).isSameAs(before);
  }

  @Test
  void aTwoWayTableKeepsItsOldIndexUntilTheNewOneIsHandedOver() throws IOException {
    TableSettings twoWay = table("both");
    State before = known("old", OLD);
    Rebuilding indices = new Rebuilding("t-0", "t-1", "b/2", false);
    resyncs.save(table.table(), indices);
    new StateFile(resyncs.file(table.table()))
        .save(
            State.EMPTY
                .with(table.table(), DIRECTION, stream("t-1", "new", NEW))
                .with(table.table(), BACK, stream("t-1", "new", NEW).withLedgerName("b/2")));
    Path left = directory.resolve("state.yaml.resync-a.b.intents");
    Files.createDirectories(left);
    Files.writeString(left.resolve("3.log"), "");
    assertThat(resyncs.present(twoWay).index()).isEqualTo("t-0");
    assertThat(resyncs.present(table).index()).isEqualTo("t");
    assertThat(resyncs.adopted(before, twoWay, "new")).isSameAs(before);

    resyncs.save(table.table(), indices.handOver());
    assertThat(resyncs.present(twoWay).index()).isEqualTo("t");
    assertThat(resyncs.adopted(before, twoWay, "old")).isSameAs(before);
    assertThat(left).isDirectoryContaining("glob:**.log");
    StreamState adopted = resyncs.adopted(before, twoWay, "new").stream(table.table(), BACK);
    assertThat(adopted.index()).contains("t");
    assertThat(adopted.ledgerName()).contains("b/2");
    assertThat(left).doesNotExist();
    assertThat(directory.resolve("state.yaml.intents")).isDirectoryContaining("glob:**.log");

    resyncs.forget(table.table());
    assertThat(directory).isDirectoryNotContaining("glob:**resync**");
  }
}
