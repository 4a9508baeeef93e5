package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import io.cesync.state.Counts;
import io.cesync.state.DaemonState;
import io.cesync.state.SnapshotState;
import io.cesync.state.State;
import io.cesync.state.StreamState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final State TWO_TABLES =
      State.EMPTY
          .with(
              new DaemonState(
                  4711,
                  "host1",
                  NOW.minusSeconds(7200),
                  NOW.minusMillis(400),
                  true,
                  Optional.of("http://127.0.0.1:8642/")))
          .with(
              new TableName("shop", "product"),
              Direction.CASSANDRA_TO_ELASTICSEARCH,
              StreamState.NEW
                  .withSnapshot(
                      SnapshotState.begun(NOW, 2, List.of(), NOW)
                          .withRange(0, 12345)
                          .withRange(1, 1)
                          .done(NOW))
                  .withPosition(NOW.minusMillis(1500))
                  .withCounts(new Counts(1234567, 89, 0, 0, 2, 0, 0, 0))
                  .withLag(new StreamState.Lag(40, 35, 120))
                  .withLastError(new StreamState.LastError(NOW.minusSeconds(300), "no\n  room")))
          .with(
              new TableName("shop", "a"),
              Direction.CASSANDRA_TO_ELASTICSEARCH,
              StreamState.NEW.withSnapshot(
                  SnapshotState.begun(NOW, 64, List.of(), NOW).withRange(3, 10)));

  @Test
  void aTableForPeople() {
    assertThat(StatusTable.of(new Status(TWO_TABLES, Optional.of("4711"), NOW)))
        .isEqualTo(
            """
            The daemon runs (pid 4711) since 2026-01-31T10:00:00Z (2 h); saved 0.4 s ago. Status page: http://127.0.0.1:8642/
            TABLE         DIRECTION                   SNAPSHOT               ROWS  POSITION                              LAG P50/P99    APPLIED  DELETED  DEAD LETTERS
            shop.a        cassandra-to-elasticsearch  1% (1 of 64 ranges)      10  -                                               -          0        0             0
            shop.product  cassandra-to-elasticsearch  done                 12,346  2026-01-31T11:59:58.500Z (1.5 s ago)    35/120 ms  1,234,567       89             2
            shop.product: last error 5 min ago: no room
            """);
  }

  @Test
  void aDaemonThatDoesNotRunIsToldHowItEnded() {
    assertThat(
            StatusTable.of(new Status(TWO_TABLES, Optional.empty(), NOW.plusSeconds(86_400 * 3))))
        .startsWith(
            "The daemon does not run. The last one (pid 4711 on host1) saved 3 days ago; it was"
                + " killed.\n");
    State ended = TWO_TABLES.with(TWO_TABLES.daemon().orElseThrow().withRunning(false));
    assertThat(StatusTable.of(new Status(ended, Optional.empty(), NOW)))
        .contains("it ended in good order.");
    assertThat(StatusTable.of(new Status(State.EMPTY, Optional.of("5"), NOW)))
        .isEqualTo("The daemon runs (pid 5), but isn't up yet.\nNo table has been synced yet.\n");
  }

  @Test
  void jsonForPrograms() throws JsonProcessingException {
    JsonNode json =
        new ObjectMapper()
            .readTree(StatusJson.of(new Status(TWO_TABLES, Optional.of("4711"), NOW)));

    assertThat(json.get("running").booleanValue()).isTrue();
    assertThat(json.get("pid").longValue()).isEqualTo(4711);
    JsonNode product = json.get("tables").get(1);
    assertThat(product.get("table").textValue()).isEqualTo("shop.product");
    assertThat(product.get("direction").textValue()).isEqualTo("cassandra-to-elasticsearch");
    assertThat(product.get("position").textValue()).isEqualTo("2026-01-31T11:59:58.500000Z");
    assertThat(product.get("behind_ms").longValue()).isEqualTo(1500);
    assertThat(product.at("/counts/applied").longValue()).isEqualTo(1234567);
    assertThat(product.at("/counts/dead_letters").longValue()).isEqualTo(2);
    assertThat(product.at("/lag_ms/p99").longValue()).isEqualTo(120);
    assertThat(product.at("/snapshot/ranges_done").intValue()).isEqualTo(2);
    assertThat(product.at("/snapshot/status").textValue()).isEqualTo("done");
    assertThat(product.at("/last_error/message").textValue()).isEqualTo("no\n  room");
    assertThat(json.get("tables").get(0).has("position")).isFalse();
  }
}
