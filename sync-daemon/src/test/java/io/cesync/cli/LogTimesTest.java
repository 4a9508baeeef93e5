package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cesync.UserError;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static Instant parse(String text) {
    return LogTimes.parse("--since", text, NOW, ZoneId.of("Europe/Berlin"));
  }

  @ParameterizedTest
  @CsvSource({
    "10m, 2026-03-01T11:50:00Z",
    "90s, 2026-03-01T11:58:30Z",
    "1d, 2026-02-28T12:00:00Z",
    "2026-01-31T12:00:00.5Z, 2026-01-31T12:00:00.5Z",
    "2026-01-31T12:00, 2026-01-31T11:00:00Z",
    "2026-07-31 12:00:01, 2026-07-31T10:00:01Z",
  })
  void timesAreUnderstood(String text, Instant time) {
    assertThat(parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "10", "-5m", "99999999999d", "2026-13-01T00:00"})
  void othersAreRefused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--since")
        .hasMessageContaining("10m");
  }

  @Test
  void theOptionIsNamed() {
    assertThatThrownBy(() -> LogTimes.parse("--until", "x", NOW, ZoneId.of("UTC")))
        .hasMessageContaining("--until is 'x'");
  }
}
