package io.cesync.demo;

import io.cesync.local.ServerStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./run.sh demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a Cassandra and an Elasticsearch of its own, syncs five tables while random writers"
          + " change both sides, and compares them key by key at the end.",
      "Exits with 0 if they are equal, 1 if not or after a failure. Nothing is left behind."
    })
public final class Demo implements Callable<Integer> {
  /** Whether standard error is a terminal; run.sh says so. */
  private static final String TERMINAL = "cesync.terminal";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to write. Default: ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private int seconds;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Writes per second. Default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private int rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the random writes begin with. Default: a new one each time.")
  private Long seed;

  @Option(
      names = "--trigger-jar",
      paramLabel = "FILE",
      description = "logger-trigger.jar; run.sh gives it.",
      required = true)
  private Path triggerJar;

  @Spec private CommandSpec command;

  private Demo() {}

  /** Runs it; ends with 2 if the arguments are wrong. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Demo()).setExecutionExceptionHandler(Demo::explain).execute(args));
  }

  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult arguments)
      throws Exception {
    if (isStopping()) {
      // Ctrl-C: the servers and the daemon go away before this thread does.
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (e instanceof ServerStartException || e instanceof DaemonFailure) {
      line.getErr().println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw e;
  }

  private static boolean isStopping() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (seconds < 1 || rate < 1) {
      throw new ParameterException(
          command.commandLine(), "--seconds and --rate must be at least 1");
    }
    Screen screen =
        new Screen(
            command.commandLine().getOut(),
            command.commandLine().getErr(),
            Boolean.getBoolean(TERMINAL));
    long start = seed == null ? System.currentTimeMillis() % 1_000_000 : seed;
    screen.line("Starting Cassandra 5.0.9 and Elasticsearch 8.19.20; the first time, they are");
    screen.line("downloaded from Maven Central. Ctrl-C ends everything at any time.");
    try (Servers servers = Servers.start(triggerJar);
        DemoFolder folder = DemoFolder.create()) {
      Compared compared = new DemoRun(screen, servers, folder.path(), start).run(seconds, rate);
      return compared.equal() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }
}
