package io.cesync.background;

import io.cesync.UserError;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A daemon's process, as started: this JVM's own java, options and class path.
 *
 * @param output what it prints beside its log: why it didn't start, or what the JVM says
 */
record Launch(Process process, Path output) {

  /**
   * Starts it.
   *
   * @throws UserError if the log can't be written, or no process be started
   */
  static Launch of(Path settingsFile, Path logFile) {
    Path output = logFile.resolveSibling(logFile.getFileName() + ".out");
    try {
      Files.createDirectories(logFile.toAbsolutePath().getParent());
      // Really written: on a full disk a file can be opened.
      Files.writeString(output, "Started at " + Instant.now() + ".\n");
    } catch (IOException e) {
      throw new UserError(
          "The log can't be written to %s (%s). Make sure that it is writable and not full, or change log.file."
              .formatted(logFile.toAbsolutePath().getParent(), e),
          e);
    }
    try {
      return new Launch(
          new ProcessBuilder(command(settingsFile))
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start(),
          output);
    } catch (IOException e) {
      throw new UserError("The daemon's process can't be started (" + e + ").", e);
    }
  }

  private static List<String> command(Path settingsFile) {
    List<String> command = new ArrayList<>();
    // A session of its own: Ctrl-C or the end of the terminal is none of its business.
    inPath("setsid").map(Path::toString).ifPresent(command::add);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dcesync.terminal=false");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.cesync.cli.Main"));
    command.addAll(
        List.of("run", "--background", "-c", settingsFile.toAbsolutePath().normalize().toString()));
    return command;
  }

  private static Optional<Path> inPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What it printed, without the line of its start. */
  String said() {
    try (Stream<String> lines = Files.lines(output)) {
      return String.join("\n", lines.skip(1).toList());
    } catch (IOException e) {
      return "(" + output + " can't be read: " + e + ")";
    }
  }
}
