package io.cesync.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real browser without a window: Chromium or Chrome, if there is one.
 *
 * @param profile a folder of its own
 */
record Browser(Path program, Path profile) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /** The one in PATH; without one the test is skipped. */
  static Browser find(Path profile) {
    Optional<Path> program =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "there is no " + String.join(", ", NAMES) + " in PATH");
    return new Browser(program.get(), profile);
  }

  /** The page as HTML, after its script has run for a while. */
  String dom(String url) {
    return run("--dump-dom", url);
  }

  /** A picture of the page. */
  void screenshot(String url, Path file, int width, int height, boolean dark) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--screenshot=" + file.toAbsolutePath());
    arguments.add("--window-size=" + width + "," + height);
    arguments.add("--hide-scrollbars");
    if (dark) {
      arguments.add("--blink-settings=preferredColorScheme=0");
    }
    arguments.add(url);
    run(arguments.toArray(String[]::new));
  }

  private String run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--user-data-dir=" + profile,
            "--virtual-time-budget=1500"));
    command.addAll(List.of(arguments));
    try {
      Path out = Files.createTempFile(profile, "out", ".html");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the browser did not end: " + command);
      }
      return Files.readString(out, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
