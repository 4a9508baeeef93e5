package io.cesync.cli;

import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A table that a command line names. */
final class NamedTable {

  private NamedTable() {}

  /**
   * What the settings say of it.
   *
   * @throws ParameterException that names the tables there are, if it is none of them
   */
  static TableSettings of(String text, Settings settings, CommandSpec command) {
    TableName name;
    try {
      name = TableName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), "TABLE must be " + e.getMessage());
    }
    return settings.tables().stream()
        .filter(known -> known.table().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    command.commandLine(),
                    "%s is not in the settings; they have: %s"
                        .formatted(
                            name,
                            settings.tables().stream()
                                .map(known -> known.table().toString())
                                .collect(Collectors.joining(", ")))));
  }
}
