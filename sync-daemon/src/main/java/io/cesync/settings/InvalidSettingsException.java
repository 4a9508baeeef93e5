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

  /** One text a problem, in the order of the file. */
  public List<String> problems() {
    return problems;
  }
}
