package io.cesync.cli;

import io.cesync.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code logs}: the end of the background daemon's log, by tail(1). */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Prints the end of the log of a daemon in the background.")
final class LogsCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @Option(names = "-f", description = "Goes on with what is written, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "-n",
      paramLabel = "LINES",
      defaultValue = "50",
      description = "How many lines (${DEFAULT-VALUE}).")
  private int lines;

  @Override
  public Integer call() throws InterruptedException {
    Path log = main.settings().log().file();
    if (!Files.isReadable(log)) {
      throw new UserError(
          "There is no log at %s, or it can't be read. Only a daemon in the background (start) writes one."
              .formatted(log));
    }
    List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
    if (follow) {
      // By name: the file is put aside now and then.
      command.add("-F");
    }
    command.addAll(List.of("--", log.toString()));
    try {
      Process tail = new ProcessBuilder(command).inheritIO().start();
      Runtime.getRuntime().addShutdownHook(new Thread(tail::destroy, "cesync-tail"));
      return tail.waitFor();
    } catch (IOException e) {
      throw new UserError("The log can't be shown (" + e + "). It is " + log + ".", e);
    }
  }
}
