package io.cesync.cli;

import io.cesync.connect.SearchConnection;
import io.cesync.daemon.Connections;
import io.cesync.http.WebServer;
import io.cesync.inspect.Inspection;
import io.cesync.inspect.Problem;
import io.cesync.install.Checkup;
import io.cesync.settings.Settings;
import io.cesync.state.StateLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * {@code check}: looks at everything that a sync needs, and changes nothing but the canary table.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Tests settings, servers, permissions, mappings, and the trigger through every node; reports all problems.")
final class CheckCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = main.settings();
    PrintWriter out = spec.commandLine().getOut();
    try (Connections servers = Connections.open(settings)) {
      Inspection found =
          withPort(new Checkup(servers.session(), servers.client(), settings).check(), settings);
      if (found.problems().isEmpty()) {
        out.printf(
            "All is well: %d table(s), Cassandra with %d node(s), %s.%n",
            found.tables().size(),
            servers.session().getMetadata().getNodes().size(),
            servers.version());
      } else {
        out.println(found.text());
      }
      out.flush();
      return found.problems().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    }
  }

  /** A daemon that runs has the port itself. */
  private static Inspection withPort(Inspection found, Settings settings) {
    Optional<Problem> problem =
        settings.http().enabled() && StateLock.holder(settings.stateFile()).isEmpty()
            ? WebServer.problem(settings.http())
            : Optional.empty();
    return new Inspection(
        found.log(),
        found.tables(),
        Stream.concat(found.problems().stream(), problem.stream()).toList());
  }
}
