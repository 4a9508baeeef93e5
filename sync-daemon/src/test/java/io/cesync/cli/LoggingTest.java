package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoggingTest {
  private final Logger logger = new LoggerContext().getLogger("io.cesync.x");

  @Test
  void jsonHasALineAnEvent() throws IOException {
    LoggingEvent event =
        new LoggingEvent(
            "x",
            logger,
            Level.WARN,
            "a \"{}\"\nb",
            new IllegalStateException("why"),
            new Object[] {1});
    event.setInstant(Instant.parse("2026-01-31T12:00:00.123456Z"));
    event.setThreadName("t1");

    String line = new String(new JsonEncoder().encode(event), StandardCharsets.UTF_8);

    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.get("time").textValue()).isEqualTo("2026-01-31T12:00:00.123456Z");
    assertThat(json.get("level").textValue()).isEqualTo("WARN");
    assertThat(json.get("logger").textValue()).isEqualTo("io.cesync.x");
    assertThat(json.get("thread").textValue()).isEqualTo("t1");
    assertThat(json.get("message").textValue()).isEqualTo("a \"1\"\nb");
    assertThat(json.get("stack_trace").textValue())
        .startsWith("java.lang.IllegalStateException: why")
        .contains("LoggingTest");
  }
}
