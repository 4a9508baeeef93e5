package io.cesync.benchmarks;

import io.cesync.benchmarks.limit.LimitMain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the parts of a job take alone, on the same servers: each try in a JVM of its own, which
 * is as cold as the daemon's at its start. The fastest of the tries is the limit.
 */
final class Limits {
  /** Documents in a bulk, and bulks in flight. */
  private static final int[][] BULKS = {{1000, 2}, {1000, 4}, {5000, 2}, {5000, 3}};

  private final Bed bed;
  private final Figures figures;
  private final Map<String, Double> best = new HashMap<>();
  private int tries;

  Limits(Bed bed, Figures figures) {
    this.bed = bed;
    this.figures = figures;
  }

  /**
   * Tries once in each way.
   *
   * @param parts of {@link LimitMain}
   * @param documents as many are indexed
   */
  void measure(String parts, int documents, int revision) {
    for (int[] bulk : BULKS) {
      String index = "limit" + tries;
      bed.http().send("PUT", "/" + index, indexLike());
      List<String> command = new ArrayList<>();
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
      command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
      command.add(LimitMain.class.getName());
      command.addAll(List.of(parts, bed.cql(), bed.searchUri(), index));
      for (int figure : new int[] {documents, revision, bulk[0], bulk[1], tries}) {
        command.add(Integer.toString(figure));
      }
      String output = Child.start(command).join();
      figures.note(
          "limit: bulks of %d, %d in flight: %s", bulk[0], bulk[1], output.replace('\n', ' '));
      output.lines().filter(line -> line.startsWith("part.")).forEach(this::take);
      bed.http().send("DELETE", "/" + index, "");
      tries++;
    }
  }

  private void take(String line) {
    String[] part = line.substring("part.".length()).split("=", 2);
    best.merge(part[0], Double.valueOf(part[1]), Math::min);
  }

  /** An index with the mapping of the daemon's. */
  private String indexLike() {
    return "{\"mappings\":"
        + bed.http().get("/bench_item/_mapping").at("/bench_item/mappings")
        + "}";
  }

  double seconds(String part) {
    return best.get(part);
  }

  double total() {
    return best.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  void print(String benchmark) {
    best.forEach((part, seconds) -> figures.exact(benchmark + ".limit_" + part + "_s", seconds));
    figures.exact(benchmark + ".limit_s", total());
  }
}
