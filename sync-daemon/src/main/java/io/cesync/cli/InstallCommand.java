package io.cesync.cli;

import io.cesync.connect.SearchConnection;
import io.cesync.daemon.Connections;
import io.cesync.document.Indices;
import io.cesync.install.Installer;
import io.cesync.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code install}: creates what is missing in both servers. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description =
        "Creates the change log, the triggers and the indices, as far as they aren't there. Safe to repeat.")
final class InstallCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = main.settings();
    PrintWriter out = spec.commandLine().getOut();
    try (Connections servers = Connections.open(settings)) {
      new Installer(
              servers.session(),
              new Indices(servers.client()),
              servers.version().flavor(),
              settings,
              line -> {
                out.println(line);
                out.flush();
              })
          .install();
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    }
  }
}
