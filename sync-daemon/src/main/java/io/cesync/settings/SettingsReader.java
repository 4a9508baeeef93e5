package io.cesync.settings;

import io.cesync.yaml.Binder;
import io.cesync.yaml.Check;
import io.cesync.yaml.Problems;
import io.cesync.yaml.Yamls;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads one settings file. */
final class SettingsReader {
  private final Path file;
  private final Problems problems;
  private final Binder binder;

  SettingsReader(Path file, Map<String, String> environment) {
    this.file = file;
    this.problems = new Problems(file.toString());
    Path directory = file.toAbsolutePath().normalize().getParent();
    Map<Class<?>, Check<?>> checks = SettingsChecks.all();
    this.binder =
        new Binder(
            SettingTypes.in(directory),
            new Expansion(environment, directory)::expand,
            checks,
            problems);
  }

  Settings read() {
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      problems.add("there is no such file; name another with -c FILE");
    } catch (MalformedInputException e) {
      problems.add("is not UTF-8 text");
    } catch (IOException e) {
      problems.add("can't be read: " + e);
    }
    throw invalid();
  }

  Settings parse(String yaml) {
    Optional<Settings> settings =
        Yamls.compose(yaml, problems).flatMap(node -> binder.bind(node, Settings.class));
    if (!problems.isEmpty()) {
      throw invalid();
    }
    return settings.orElseThrow(
        () -> new IllegalStateException(file + ": refused without a problem"));
  }

  private InvalidSettingsException invalid() {
    return new InvalidSettingsException(problems.message().orElseThrow(), problems.lines());
  }
}
