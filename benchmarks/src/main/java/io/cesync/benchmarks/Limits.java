package io.cesync.benchmarks;

import io.cesync.benchmarks.limit.LimitMain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the parts of a job take alone, on the same servers: each try in a JVM of its own, which
 * is as cold as the daemon's at its start. Of each part the limit is the fastest way's median.
 */
final class Limits {
  /** Documents in a bulk, and bulks in flight. */
  private static final int[][] BULKS = {{1000, 2}, {1000, 4}, {5000, 2}, {5000, 3}};

  private final Bed bed;
  private final Figures figures;

  /** By part, then by way: the seconds that it took. */
  private final Map<String, Map<String, List<Double>>> taken = new TreeMap<>();

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
      output
          .lines()
          .filter(line -> line.startsWith("part."))
          .forEach(line -> take(line, bulk[0] + " " + bulk[1]));
      bed.http().send("DELETE", "/" + index, "");
      tries++;
    }
  }

  private void take(String line, String way) {
    String[] part = line.substring("part.".length()).split("=", 2);
    taken
        .computeIfAbsent(part[0], p -> new HashMap<>())
        .computeIfAbsent(way, w -> new ArrayList<>())
        .add(Double.valueOf(part[1]));
  }

  /** An index with the mapping of the daemon's. */
  private String indexLike() {
    return "{\"mappings\":"
        + bed.http().get("/bench_item/_mapping").at("/bench_item/mappings")
        + "}";
  }

  /** Of these parts, or of all if none is named. */
  double total(String... parts) {
    return (parts.length == 0 ? taken.keySet() : List.of(parts))
        .stream().mapToDouble(this::seconds).sum();
  }

  private double seconds(String part) {
    return taken.get(part).values().stream().mapToDouble(Median::of).min().orElseThrow();
  }

  /**
   * Prints each part that was measured, and the total.
   *
   * @param parts as for {@link #total}
   */
  void print(String benchmark, String... parts) {
    for (String part : taken.keySet()) {
      figures.exact(benchmark + ".limit_" + part.replace('-', '_') + "_s", seconds(part));
    }
    figures.exact(benchmark + ".limit_s", total(parts));
  }
}
