package io.cesync.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.settings.ChangeLogSettings;
import io.cesync.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CqlFilesTest {

  private static List<String> statements(String changeLog) {
    String yaml =
        """
        cassandra: {contact_points: [127.0.0.1], local_datacenter: datacenter1}
        elasticsearch: {hosts: ["http://127.0.0.1:9200"]}
        tables: [{table: shop.product}]
        change_log: %s
        """
            .formatted(changeLog);
    ChangeLogSettings settings =
        Settings.parse(yaml, Path.of("settings.yaml"), Map.of()).changeLog();
    return CqlFiles.statements(settings);
  }

  @Test
  void theDefaultsAreWhatTheFilesSay() {
    List<String> statements = statements("{}");

    assertThat(statements).hasSize(6).allMatch(s -> s.contains("IF NOT EXISTS"));
    assertThat(statements).noneMatch(s -> s.contains("--") || s.contains(";\n"));
    String files = String.join("\n", CqlFiles.NAMES.stream().map(CqlFiles::text).toList());
    assertThat(statements)
        .allSatisfy(
            statement ->
                statement.lines().forEach(line -> assertThat(files).contains(line.strip())));
  }

  @Test
  void theSettingsFiguresTakeThePlaceOfTheFiles() {
    List<String> statements =
        statements(
            "{replication: {class: NetworkTopologyStrategy, dc1: 3, dc2: 2}, retention: 28d,"
                + " bucket: 1m, shards: 16}");

    assertThat(statements.get(0))
        .contains("WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': '3', 'dc2': '2'}")
        .doesNotContain("SimpleStrategy");
    assertThat(statements.get(1))
        .contains("comment = 'cesync change log; bucket_seconds=60; shards=16'")
        .contains("default_time_to_live = 2419200")
        .contains("'compaction_window_size': 24}")
        .doesNotContain("604800", "bucket_seconds=300", "shards=4'");
    assertThat(statements.subList(2, 6)).isEqualTo(statements("{}").subList(2, 6));
  }

  @Test
  void aShortRetentionHasTheSmallestWindow() {
    assertThat(statements("{retention: 1h}").get(1)).contains("'compaction_window_size': 1}");
  }

  @Test
  void aQuoteInTheReplicationStaysText() {
    assertThat(statements("{replication: {class: \"x'; DROP\"}}").get(0))
        .contains("{'class': 'x''; DROP'}");
  }
}
