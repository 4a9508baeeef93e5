package io.cesync.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsDiffTest {

  private static Settings settings(String password, String more) {
    String yaml =
        """
        cassandra: {contact_points: [a], local_datacenter: dc, username: u, password: %s}
        elasticsearch: {hosts: ["http://b:9200"]}
        %s
        """;
    return Settings.parse(yaml.formatted(password, more), Path.of("settings.yaml"), Map.of());
  }

  @Test
  void eachSettingIsToldWithBothValues() {
    SettingsDiff diff =
        SettingsDiff.between(
            settings("p", "tables: [{table: a.b}, {table: a.c}]"),
            settings(
                "p",
                """
                busy_interval: 20ms
                bulk: {max_bytes: 1MiB}
                verify: {every: 1d}
                tables: [{table: a.d}, {table: a.b, max_documents: 7}]
                """));
    assertThat(diff.changed())
        .contains(
            "busy_interval: 50ms -> 20ms",
            "verify.every: none -> 1d",
            "tables[a.b].max_documents: none -> 7",
            "tables[a.c]: removed",
            "tables[a.d]: added")
        .anyMatch(text -> text.startsWith("bulk.max_bytes: ") && text.endsWith(" -> 1MiB"))
        .hasSize(6);
    assertThat(diff.atStartOnly()).isEmpty();
  }

  @Test
  void theHttpServerNeedsAStart() {
    String tables = "tables: [{table: a.b}]\n";
    SettingsDiff diff =
        SettingsDiff.between(
            settings("p", tables), settings("p", tables + "http: {port: 1}\nstall_after: 2s"));
    assertThat(diff.changed()).containsExactly("stall_after: 1m -> 2s", "http.port: 8642 -> 1");
    assertThat(diff.atStartOnly()).containsExactly("http.port: 8642 -> 1");
  }

  @Test
  void secretsAreMaskedAndNeedAStart() {
    String tables = "tables: [{table: a.b}]";
    SettingsDiff diff = SettingsDiff.between(settings("old", tables), settings("new", tables));
    assertThat(diff.atStartOnly()).containsExactly("cassandra.password: *** -> ***");
  }
}
