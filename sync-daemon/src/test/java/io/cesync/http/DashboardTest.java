package io.cesync.http;

import static io.cesync.watch.Looks.PRODUCT;
import static io.cesync.watch.Looks.THERE;
import static io.cesync.watch.Looks.idle;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.watch.Looks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Grafana dashboard shows what there is. */
class DashboardTest {
  private static final Path FILE = Path.of("../packaging/grafana-dashboard.json");
  private static final Pattern METRIC = Pattern.compile("\\b(?:cesync|jvm|process|system)_\\w+");

  private static Set<String> exposed() {
    Looks looks = new Looks();
    Metrics metrics = new Metrics(looks.board);
    metrics.reads(PRODUCT, THERE).accept(1);
    metrics.writes(PRODUCT, THERE).accept(1);
    looks.following().put(PRODUCT, THERE, idle(looks.instant())).look();
    return metrics
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> used() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(FILE.toFile());
    List<JsonNode> queries = dashboard.findValues("expr");
    assertThat(queries).hasSizeGreaterThan(15);
    Set<String> names = new TreeSet<>();
    // findValues doesn't look into what it has found: a variable's query is in an object of that
    // name.
    List<JsonNode> variables =
        dashboard.findValues("query").stream()
            .map(query -> query.isObject() ? query.get("query") : query)
            .toList();
    assertThat(variables).hasSizeGreaterThan(2).allMatch(JsonNode::isTextual);
    Stream.concat(queries.stream(), variables.stream())
        .forEach(
            query -> METRIC.matcher(query.asText()).results().forEach(m -> names.add(m.group())));
    return names;
  }

  @Test
  void everyMetricThatItAsksForIsThere() throws IOException {
    assertThat(exposed()).containsAll(used());
  }

  @Test
  void itShowsAllThatCesyncCounts() throws IOException {
    Set<String> unused = exposed();
    unused.removeIf(name -> !name.startsWith("cesync_") || name.endsWith("_max"));
    unused.removeAll(used());
    // What the histograms' buckets say already, and what Health says better.
    assertThat(unused)
        .allMatch(name -> name.matches("cesync_(bulk|read)_seconds_(count|sum)|cesync_verdict"));
  }

  @Test
  void panelsHaveIdsAndPlacesOfTheirOwn() throws IOException {
    JsonNode panels = new ObjectMapper().readTree(FILE.toFile()).get("panels");
    Set<Integer> ids = new TreeSet<>();
    Set<String> places = new TreeSet<>();
    for (JsonNode panel : panels) {
      ids.add(panel.get("id").intValue());
      JsonNode place = panel.get("gridPos");
      assertThat(place.get("x").intValue() + place.get("w").intValue()).isLessThanOrEqualTo(24);
      places.add(place.get("x") + "/" + place.get("y"));
    }
    assertThat(ids).hasSameSizeAs(panels);
    assertThat(places).hasSameSizeAs(panels);
  }
}
