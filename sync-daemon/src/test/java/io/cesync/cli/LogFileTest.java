package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import io.cesync.settings.LogSettings;
import io.cesync.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path directory;
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void prepare() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  private LogSettings settings(String log) {
    return Settings.parse(
            """
            cassandra: {contact_points: [127.0.0.1], local_datacenter: datacenter1}
            elasticsearch: {hosts: ["http://127.0.0.1:9200"]}
            tables: [{table: shop.product}]
            log: {file: logs/c.log, %s}
            """
                .formatted(log),
            directory.resolve("settings.yaml"),
            Map.of())
        .log();
  }

  private Logger logger(LogSettings settings) {
    RollingFileAppender<ILoggingEvent> appender = LogFile.appender(context, settings);
    assertThat(appender.isStarted()).isTrue();
    Logger logger = context.getLogger("io.cesync.x");
    logger.addAppender(appender);
    return logger;
  }

  @Test
  void filesArePutAsideAndDoNotGrowForEver() {
    Logger logger = logger(settings("max_size: 20KiB, max_total: 100KiB"));
    write(logger, 3_000);

    File logs = directory.resolve("logs").toFile();
    // Old files are packed and removed by threads of their own, as others are put aside.
    await()
        .untilAsserted(
            () -> {
              write(logger, 30);
              assertThat(logs.list()).contains("c.log").anyMatch(name -> name.endsWith(".gz"));
              assertThat(Stream.of(logs.listFiles()).mapToLong(File::length).sum())
                  .isBetween(20L << 10, 200L << 10);
            });
    context.stop();
  }

  private static void write(Logger logger, int lines) {
    byte[] much = new byte[600];
    for (int i = 0; i < lines; i++) {
      ThreadLocalRandom.current().nextBytes(much); // which doesn't get smaller when packed
      logger.info("{}", Base64.getEncoder().encodeToString(much));
    }
  }

  @Test
  void linesAreTextOrJson() throws IOException {
    logger(settings("format: text")).info("first");
    context.reset();
    logger(settings("format: json")).info("second");
    context.stop();

    assertThat(Files.readAllLines(directory.resolve("logs/c.log")))
        .satisfiesExactly(
            line -> assertThat(line).matches("[0-9T:.-]+Z INFO  first"),
            line -> assertThat(line).startsWith("{\"time\":\"").contains("\"second\""));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoticed() throws IOException {
    Files.writeString(directory.resolve("logs"), "a file");

    assertThat(LogFile.appender(context, settings("format: text")).isStarted()).isFalse();
  }
}
