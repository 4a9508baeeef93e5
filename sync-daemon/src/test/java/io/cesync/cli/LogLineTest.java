package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.changelog.Entry;
import io.cesync.changelog.LogPage;
import io.cesync.changelog.Operation;
import io.cesync.row.RowKey;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LogLineTest {

  private static final UUID ID = Uuids.startOf(1_767_225_600_000L);
  private static final RowKey KEY = new RowKey("{\"a\":1.50,\"b\":\"x\"}", 9, false);

  private static Entry entry(long writeTime) {
    return new Entry(ID, Operation.UPDATE, KEY, Set.of("v", "u", "w"), Set.of("w"), writeTime);
  }

  @Test
  void aLineForPeople() {
    assertThat(new LogLine("shop.t", entry(1_767_225_600_000_123L), false, false).text(8))
        .isEqualTo(
            "2026-01-01T00:00:00.000Z  update            shop.t    {\"a\":1.50,\"b\":\"x\"}"
                + "  set u, v  nulled w  written 2026-01-01T00:00:00.000123Z");
    Entry delete =
        new Entry(ID, Operation.DELETE_PARTITION, KEY, Set.of(), Set.of(), Entry.UNKNOWN);
    assertThat(new LogLine("shop.t", delete, true, true).text(0))
        .isEqualTo(
            "2026-01-01T00:00:00.000Z  delete-partition  shop.t  {\"a\":1.50,\"b\":\"x\"}  (late)  (timer)");
  }

  @Test
  void aLineForPrograms() throws JsonProcessingException {
    String line = new LogLine("shop.t", entry(Entry.UNKNOWN), true, false).json();
    assertThat(line)
        .contains("\"key\":{\"a\":1.50,\"b\":\"x\"},\"columns\":[\"u\",\"v\",\"w\"]")
        .doesNotContain("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("time").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
    assertThat(json.path("id").asText()).isEqualTo(ID.toString());
    assertThat(json.path("write_time").isNull()).isTrue();
    assertThat(json.path("late").asBoolean()).isTrue();
  }

  @Test
  void whatIsNoEntryIsPrintedToo() {
    var row = new LogPage.Unreadable("no key", 1_767_225_600_000L, "it is \"broken\"");
    assertThat(LogLine.text("shop.t", row))
        .isEqualTo("2026-01-01T00:00:00.000Z  unreadable  shop.t  it is \"broken\"");
    assertThat(LogLine.json("shop.t", row)).endsWith("\"unreadable\":\"it is \\\"broken\\\"\"}");
  }

  /** So that sorting lines sorts entries. */
  @Property(tries = 200)
  void timesOfLinesAreInOrder(
      @ForAll @LongRange(min = 0, max = 4_102_444_800_000L) long one,
      @ForAll @LongRange(min = 0, max = 4_102_444_800_000L) long other) {
    assertThat(Integer.signum(line(one).compareTo(line(other))))
        .isEqualTo(Long.compare(one, other));
  }

  private static String line(long millis) {
    Entry entry =
        new Entry(Uuids.startOf(millis), Operation.INSERT, KEY, Set.of(), Set.of(), Entry.UNKNOWN);
    return new LogLine("t", entry, false, false).text(1);
  }
}
