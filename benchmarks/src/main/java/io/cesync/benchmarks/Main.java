package io.cesync.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of {@code benchmarks/run}. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs benchmarks on real servers and prints name.figure=value lines.",
      "",
      "  trigger   writes a second without the trigger, and with each delivery",
      "  drain     a starting daemon applies a backlog",
      "  two-way   the same on a two-way table, against a one-way table",
      "  es-tail   a starting daemon brings new documents into a table",
      "  deletes   a starting daemon finds deleted documents, and deletes their rows",
      "  snapshot  a daemon copies a table",
      "  lag       how far documents are behind rows",
      "  lag-back  how far rows are behind documents",
      "  idle      what a daemon costs while nothing happens",
      "  memory    most memory that a daemon held in drain and snapshot (runs these)",
      "  jmh       the hottest code alone; what follows goes to JMH (-h tells)",
      ""
    })
final class Main implements Callable<Integer> {
  private static final Map<String, Supplier<Benchmark>> BENCHMARKS =
      Map.of(
          "trigger", TriggerBenchmark::new,
          "drain", DrainBenchmark::new,
          "two-way", TwoWayBenchmark::new,
          "es-tail", EsTailBenchmark::new,
          "deletes", DeletesBenchmark::new,
          "snapshot", SnapshotBenchmark::new,
          "lag", LagBenchmark::new,
          "lag-back", LagBackBenchmark::new,
          "idle", IdleBenchmark::new);

  @Spec private CommandSpec command;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "One or more of these.")
  private List<String> names;

  @Mixin private Sizes sizes;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    Set<String> chosen = new LinkedHashSet<>();
    for (String name : names) {
      chosen.addAll(name.equals("memory") ? List.of("drain", "snapshot") : List.of(name));
    }
    for (String name : chosen) {
      if (!BENCHMARKS.containsKey(name)) {
        throw new ParameterException(command.commandLine(), "there is no benchmark " + name);
      }
    }
    Figures figures = new Figures(System.out, System.err);
    Path home = Path.of(System.getProperty("cesync.home")).toAbsolutePath();
    for (String name : chosen) {
      figures.note("%s: starting servers", name);
      try (Bed bed = Bed.make(home, sizes)) {
        Objects.requireNonNull(BENCHMARKS.get(name)).get().run(bed, sizes, figures);
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
