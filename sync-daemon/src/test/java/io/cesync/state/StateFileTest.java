package io.cesync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456Z");
  private static final TableName PRODUCT = new TableName("shop", "product");

  @TempDir Path directory;
  private StateFile file;

  @BeforeEach
  void setUp() {
    file = new StateFile(directory.resolve("state.yaml"));
  }

  @Test
  void noFileIsAnEmptyState() {
    assertThat(file.load()).isEqualTo(State.EMPTY);
  }

  @Test
  void itReadsWellAndComesBack() throws IOException {
    State state =
        State.EMPTY
            .with(new DaemonState(4711, "host1", NOW, NOW, true, Optional.of("http://h:1/")))
            .with(
                PRODUCT,
                Direction.CASSANDRA_TO_ELASTICSEARCH,
                StreamState.NEW
                    .withIdentity("shop_product", "u1", "t1", new StreamState.LogLayout(300, 4))
                    .withSnapshot(
                        SnapshotState.begun(NOW, 8, List.of(41L, -1L), NOW)
                            .withRange(1, 10)
                            .withRange(2, 5))
                    .withPosition(NOW)
                    .withCounts(new Counts(1, 2, 3, 4, 5, 6, 7, 8))
                    .withLag(new StreamState.Lag(1, 2, 3))
                    .withLastError(new StreamState.LastError(NOW, "no: \"way\"\n# out")));

    file.save(state);

    assertThat(file.load()).isEqualTo(state);
    assertThat(Files.readString(file.path()))
        .contains(
            """
            format: 1
            daemon:
              pid: 4711
              host: host1
              started: 2026-01-31T12:00:00.123456Z
              saved: 2026-01-31T12:00:00.123456Z
              running: true
              page: http://h:1/
            tables:
              shop.product:
                cassandra-to-elasticsearch:
                  index: shop_product
                  index_uuid: u1
                  table_id: t1
                  log_layout:
                    bucket_seconds: 300
                    shards: 4
                  snapshot:
                    status: running
                    started: 2026-01-31T12:00:00.123456Z
                    rows: 15
                    ranges: '2 of 8: 1-2'
                    documents_before:
                    - 41
                    - -1
                    goes_on_from: 2026-01-31T12:00:00.123456Z
                  position: 2026-01-31T12:00:00.123456Z
                  counts:
                    applied: 1
            """)
        .contains("dead_letters: 5", "lag_ms:\n        last: 1\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "format: 1\n# end",
        "format: 1\ntables: {}",
        "tables: {}",
        "format: one\ntables: {}",
        "format: 0\ntables: {}",
        "format: 1\ntables: {}\ncolour: red\n# end",
        "format: 1\ntables: {shop.product: {sideways: {}}}\n# end",
        "format: 1\ntables: {shop.product: {cassandra-to-elasticsearch: {}}}\n# end",
        "format: 1\ntables: {",
        "\0\0\0\0",
        "[]"
      })
  void whatIsNoStateStopsEverything(String text) throws IOException {
    Files.writeString(file.path(), text);

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(file::load)
        .withMessageContaining(file.path().toString())
        .withMessageContaining("Put back a good copy of the file, or remove it");
    assertThat(Files.readString(file.path())).isEqualTo(text);
  }

  @Test
  void everyTruncatedFileIsNoticed() throws IOException {
    file.save(
        State.EMPTY.with(
            PRODUCT,
            Direction.CASSANDRA_TO_ELASTICSEARCH,
            StreamState.NEW.withPosition(NOW).withLag(new StreamState.Lag(1, 2, 3))));
    String whole = Files.readString(file.path());

    for (int length = 0; length < whole.length() - 1; length++) {
      Files.writeString(file.path(), whole.substring(0, length));
      assertThatExceptionOfType(StateException.class)
          .as("cut at %d", length)
          .isThrownBy(file::load);
    }
  }

  @Test
  void aNewerFormatIsNotRead() throws IOException {
    Files.writeString(file.path(), "format: 2\nnew_things: true\n");

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(file::load)
        .withMessageContaining("has format 2, written by a newer cesync")
        .withMessageContaining(file.path().toString());
  }

  @Test
  void bytesThatAreNoTextStopEverything() throws IOException {
    Files.write(file.path(), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(file::load)
        .withMessageContaining("is not UTF-8 text");
  }

  @Test
  void whatACrashLeftIsInNobodysWay() throws IOException {
    Files.writeString(directory.resolve("state.yaml.tmp"), "half of a much longer st");

    file.save(State.EMPTY);

    assertThat(file.load()).isEqualTo(State.EMPTY);
    assertThat(names()).containsExactly("state.yaml");
  }

  @Test
  void aSymbolicLinkStaysOne() throws IOException {
    Path real = Files.createDirectory(directory.resolve("elsewhere")).resolve("real.yaml");
    new StateFile(real).save(State.EMPTY);
    Files.createSymbolicLink(file.path(), real);
    State state =
        State.EMPTY.with(new DaemonState(1, "h", NOW, NOW, true, Optional.of("http://h:1/")));

    file.save(state);

    assertThat(file.path()).isSymbolicLink();
    assertThat(new StateFile(real).load()).isEqualTo(state);
  }

  @Test
  void aSaveThatFailsSaysSoAndKeepsTheOldFile() throws IOException {
    file.save(State.EMPTY);
    // A directory in its place stops the new file for root as well.
    Files.createDirectory(directory.resolve("state.yaml.tmp"));

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(
            () ->
                file.save(
                    State.EMPTY.with(
                        new DaemonState(1, "h", NOW, NOW, true, Optional.of("http://h:1/")))))
        .withMessageContaining("can't be saved to " + file.path());
    assertThat(file.load()).isEqualTo(State.EMPTY);
  }

  @Test
  void aMissingDirectoryIsAFailedSave() {
    StateFile nowhere = new StateFile(directory.resolve("none/state.yaml"));

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> nowhere.save(State.EMPTY))
        .withMessageContaining("Make sure that its directory is writable");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
