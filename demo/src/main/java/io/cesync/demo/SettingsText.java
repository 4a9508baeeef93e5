package io.cesync.demo;

import io.cesync.local.CassandraServers;
import io.cesync.local.SearchServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings for servers of our own, as YAML. Immutable. */
public final class SettingsText {
  private SettingsText() {}

  /**
   * The settings.
   *
   * @param tables each with its settings, as in {@code delivery: ahead}
   * @param more further lines
   */
  public static String of(
      CassandraServers cassandra, SearchServer search, Map<String, String> tables, String... more) {
    String points =
        cassandra.contactPoints().stream()
            .map(p -> "\"%s:%d\"".formatted(p.getAddress().getHostAddress(), p.getPort()))
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add(
        "cassandra: {contact_points: [%s], local_datacenter: %s}"
            .formatted(points, cassandra.localDatacenter()));
    lines.add("elasticsearch: {hosts: [\"%s\"]}".formatted(search.uri()));
    // Beside a daemon with settings as they are.
    lines.add("http: {port: 0}");
    lines.add("tables:");
    tables.forEach(
        (table, settings) -> lines.add("  - {table: %s, %s}".formatted(table, settings)));
    lines.addAll(List.of(more));
    return String.join("\n", lines) + "\n";
  }
}
