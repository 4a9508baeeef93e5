package io.cesync.install;

import io.cesync.settings.ChangeLogSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements of the files in {@code cql/}, with the settings' figures in the place of the
 * files'.
 */
final class CqlFiles {

  static final List<String> NAMES =
      List.of("001-change-log.cql", "002-dead-letters.cql", "003-canary.cql", "004-ledger.cql");

  private static final String REPLICATION = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
  private static final String COMMENT = "bucket_seconds=300; shards=4'";
  private static final String RETENTION = "default_time_to_live = 604800";
  private static final String WINDOW = "'compaction_window_size': 6}";
  private static final int WINDOWS = 28;

  private CqlFiles() {}

  static List<String> statements(ChangeLogSettings settings) {
    List<String> statements = new ArrayList<>();
    for (String name : NAMES) {
      String text = text(name).replaceAll("(?m)^\\s*--.*$", "");
      if (name.startsWith("001")) {
        text = adapt(text, settings);
      }
      for (String statement : text.split(";\\s*(\\n|$)", -1)) {
        if (!statement.isBlank()) {
          statements.add(statement.strip());
        }
      }
    }
    return statements;
  }

  private static String adapt(String text, ChangeLogSettings settings) {
    long retention = settings.retention().toSeconds();
    String adapted =
        settings.replication().isEmpty()
            ? text
            : replace(text, REPLICATION, replication(settings.replication()));
    adapted =
        replace(
            adapted,
            COMMENT,
            "bucket_seconds=%d; shards=%d'"
                .formatted(settings.bucket().toSeconds(), settings.shards()));
    adapted = replace(adapted, RETENTION, "default_time_to_live = " + retention);
    return replace(
        adapted,
        WINDOW,
        "'compaction_window_size': %d}".formatted(Math.max(1, retention / 3600 / WINDOWS)));
  }

  private static String replication(Map<String, String> options) {
    return options.entrySet().stream()
        .map(e -> quoted(e.getKey()) + ": " + quoted(e.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String replace(String text, String part, String with) {
    if (!text.contains(part)) {
      throw new IllegalStateException("001-change-log.cql no longer says: " + part);
    }
    return text.replace(part, with);
  }

  static String text(String name) {
    try (InputStream in = CqlFiles.class.getResourceAsStream("/cql/" + name)) {
      if (in == null) {
        throw new IllegalStateException("cql/" + name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
