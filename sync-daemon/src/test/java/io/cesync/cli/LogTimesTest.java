package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static Instant parse(String text) {
    return LogTimes.parse(text, NOW, ZoneId.of("Europe/Berlin"));
  }

  @ParameterizedTest
  @CsvSource({
    "10m, 2026-03-01T11:50:00Z",
    "90s, 2026-03-01T11:58:30Z",
    "2H, 2026-03-01T10:00:00Z",
    "1d, 2026-02-28T12:00:00Z",
    "2026-01-31T12:00:00.5Z, 2026-01-31T12:00:00.5Z",
    "2026-01-31T12:00:00-02:00, 2026-01-31T14:00:00Z",
    "2026-01-31T12:00, 2026-01-31T11:00:00Z",
    "2026-07-31 12:00:01, 2026-07-31T10:00:01Z",
    "2026-01-31, 2026-01-30T23:00:00Z",
  })
  void timesAreUnderstood(String text, Instant time) {
    assertThat(parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "10", "-5m", "5 m", "99999999999d", "2026-13-01T00:00", "12:00"})
  void othersAreRefused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("how long ago (30s, 10m");
  }

  @Test
  void theLongestSpanIsTaken() {
    assertThat(parse("999999999d")).isBefore(NOW);
  }

  @Property(tries = 200)
  void allInstantsAreUnderstoodAsPrinted(
      @ForAll @LongRange(min = 0, max = 4_102_444_800_000L) long millis,
      @ForAll @IntRange(min = -18, max = 18) int offset) {
    Instant instant = Instant.ofEpochMilli(millis);
    ZoneOffset zone = ZoneOffset.ofHours(offset);
    assertThat(parse(instant.toString())).isEqualTo(instant);
    assertThat(parse(instant.atOffset(zone).toString())).isEqualTo(instant);
    String local = instant.atOffset(zone).toLocalDateTime().toString();
    assertThat(LogTimes.parse(local, NOW, zone)).isEqualTo(instant);
  }
}
