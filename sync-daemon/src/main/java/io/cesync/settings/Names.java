package io.cesync.settings;

import java.util.Locale;

/** How constants are named in YAML. */
final class Names {
  private Names() {}

  static String snakeCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
