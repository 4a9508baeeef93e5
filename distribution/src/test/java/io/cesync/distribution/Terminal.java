package io.cesync.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A terminal: what one block exports, and the folder it goes to, is there for the next. */
final class Terminal {
  /** Keeps both when the block ends, whichever way. */
  private static final String SESSION =
      """
      session=%s
      [[ ! -f $session ]] || . "$session"
      trap 'code=$?; { export -p; echo "cd $(printf %%q "$PWD")"; } > "$session"; exit $code' EXIT
      set -euo pipefail
      """;

  /** Both outputs, in order. */
  record Result(int code, String output) {}

  private final Path home;
  private final Path programs;

  /**
   * @param programs a folder before those of the system
   */
  Terminal(Path home, Path programs) {
    this.home = home;
    this.programs = programs;
  }

  Result run(String commands) throws IOException, InterruptedException {
    String script = SESSION.formatted(home.resolve(".session")) + commands + "\n";
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_HOME", "JAVA_OPTS", "CESYNC_HEAP"));
    Path java = Path.of(System.getProperty("java.home"), "bin");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("PATH", programs + ":" + java + ":/usr/bin:/bin");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
