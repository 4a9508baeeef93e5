package io.cesync.settings;

import io.cesync.UserError;
import java.util.List;

/** Settings that can't be used; the message lists every problem with its file, line and column. */
public final class InvalidSettingsException extends UserError {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  InvalidSettingsException(String message, List<String> problems) {
    super(message);
    this.problems = problems;
  }

  /** Changed settings that a running daemon can't take. */
  public static InvalidSettingsException atStartOnly(List<String> changed) {
    return of("Only a restart of the daemon can change this:", changed);
  }

  /** What servers lack that the settings need. */
  public static InvalidSettingsException of(String message, List<String> problems) {
    return new InvalidSettingsException(
        message + "\n  - " + String.join("\n  - ", problems), problems);
  }

  /** One text a problem, in the order of the file. */
  public List<String> problems() {
    return problems;
  }
}
