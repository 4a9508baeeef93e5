package io.cesync.cli;

import io.cesync.UserError;
import io.cesync.settings.InvalidSettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What a failure prints and exits with: the message alone if a person can mend it, else all there
 * is.
 */
final class Failures
    implements CommandLine.IExecutionExceptionHandler,
        CommandLine.IParameterExceptionHandler,
        CommandLine.IExitCodeExceptionMapper {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
    if (failure instanceof UserError) {
      commandLine.getErr().println("cesync: " + failure.getMessage());
      LOG.debug("It came from", failure);
    } else {
      commandLine
          .getErr()
          .println("cesync: an unexpected failure; please report it with the lines below");
      failure.printStackTrace(commandLine.getErr());
    }
    commandLine.getErr().flush();
    return getExitCode(failure);
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine commandLine = failure.getCommandLine();
    commandLine.getErr().println("cesync: " + failure.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, commandLine.getErr());
    commandLine.getErr().println("Try " + commandLine.getCommandSpec().qualifiedName() + " --help");
    commandLine.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public int getExitCode(Throwable failure) {
    return failure instanceof InvalidSettingsException || failure instanceof ParameterException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }
}
