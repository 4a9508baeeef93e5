package io.cesync.cli;

import io.cesync.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The command line. Without a command it runs the daemon. Exits with 0 if all went well, 1 after a
 * failure, 2 if the command line or the settings are wrong.
 */
@Command(
    name = "run.sh",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Keeps Apache Cassandra and Elasticsearch in sync.",
    footer = {
      "",
      "From a source checkout, run.sh also has:",
      "  servers  Starts a Cassandra and an Elasticsearch to try things on.",
      "  demo     Shows it all at work on servers of its own."
    },
    subcommands = {
      RunCommand.class,
      OnceCommand.class,
      InstallCommand.class,
      CheckCommand.class,
      StartCommand.class,
      StopCommand.class,
      RestartCommand.class,
      ResyncCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      ReloadCommand.class,
      VerifyCommand.class,
      DeadLettersCommand.class,
      LogCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  /** The directory of run.sh, which sets it. */
  private static final String HOME = "cesync.home";

  private static final String DEFAULT_COMMAND = "run";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "The settings. Without it ./settings.yaml or, if there is none, the one beside run.sh.")
  private Path file;

  public static void main(String[] arguments) {
    System.exit(execute(commandLine(), arguments));
  }

  static CommandLine commandLine() {
    Failures failures = new Failures();
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setExitCodeExceptionMapper(failures);
  }

  static int execute(CommandLine commandLine, String... arguments) {
    return commandLine.execute(withCommand(commandLine, arguments));
  }

  /** {@code run.sh -c FILE} means {@code run.sh run -c FILE}. */
  private static String[] withCommand(CommandLine commandLine, String[] arguments) {
    try {
      CommandLine.ParseResult parsed = commandLine.parseArgs(arguments);
      if (parsed.hasSubcommand()
          || parsed.isUsageHelpRequested()
          || parsed.isVersionHelpRequested()) {
        return arguments;
      }
    } catch (ParameterException e) {
      // Told when it is executed.
      return arguments;
    }
    return Stream.concat(Stream.of(DEFAULT_COMMAND), Stream.of(arguments)).toArray(String[]::new);
  }

  /** The settings that the command line names; the log is as they want it from here on. */
  Settings settings() {
    Settings settings = readSettings();
    Logging.configure(settings.log());
    return settings;
  }

  /** The settings of a daemon that logs to a file. */
  Settings backgroundSettings() {
    Settings settings = Settings.load(settingsFile());
    Logging.configure(settings.log());
    LogFile.use(settings.log());
    return settings;
  }

  /** The settings that the command line names, as the file says now. */
  Settings readSettings() {
    return Settings.load(settingsFile());
  }

  /** The file that holds them. */
  Path settingsFile() {
    if (file != null) {
      return file;
    }
    Path here = Path.of("settings.yaml");
    String home = System.getProperty(HOME);
    return home == null || Files.exists(here) ? here : Path.of(home, "settings.yaml");
  }

  /** The version that the jar was built as. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"cesync " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
