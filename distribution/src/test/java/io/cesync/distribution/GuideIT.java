package io.cesync.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the operator's guide, in its order, on real servers that ask for passwords. See
 * {@link Guide} for what is a command.
 */
class GuideIT {
  /** Sections during which the application goes on writing, and must not notice anything. */
  private static final List<String> WRITTEN_MEANWHILE =
      List.of("The trigger's JAR", "Removing cesync");

  @TempDir Path root;

  @Test
  void itsCommandsDoWhatItSays() throws Exception {
    Assumptions.assumeFalse("containers".equals(System.getProperty("cesync.servers")));
    try (GuideSite site = new GuideSite(root)) {
      Optional<Application> application = Optional.empty();
      try {
        for (Block block : Guide.read().blocks()) {
          if (!WRITTEN_MEANWHILE.contains(block.section())) {
            application.ifPresent(Application::close);
            application = Optional.empty();
          } else if (application.isEmpty()) {
            application = Optional.of(new Application(site.cassandra));
          }
          try {
            run(block, site);
          } catch (Throwable e) {
            if (!Boolean.getBoolean("guide.all")) throw e;
            System.out.println("FAILED " + e);
          }
          application.ifPresent(Application::awaitWrites);
        }
      } finally {
        application.ifPresent(Application::close);
        // What a block that failed may have left.
        Path pid = root.resolve("var/lib/cesync/state.yaml.pid");
        if (Files.exists(pid)) {
          long daemon = Long.parseLong(Files.readString(pid).strip());
          ProcessHandle.of(daemon).ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    }
  }

  private static void run(Block block, GuideSite site) throws Exception {
    if (block.language().equals("console")) {
      site.insteadOf(block);
      return;
    }
    long begun = System.nanoTime();
    String text = site.placeholders.replaceIn(block.text());
    String output;
    if (block.language().equals("cql")) {
      try (CqlShell shell = site.shell()) {
        output = shell.run(text);
      }
    } else {
      Terminal.Result result = site.terminal.run(text);
      output = result.output();
      assertThat(result.code()).as("%s\n%s", block, output).isEqualTo(block.exitCode());
    }
    System.out.printf("%s%n-- %d ms%n%s%n", block, (System.nanoTime() - begun) / 1_000_000, output);
    if (!block.output().isEmpty()) {
      assertThat(collapsed(output)).as("%s\n%s", block, output).containsPattern(expected(block));
    }
  }

  /** The lines, in this order, whatever is between them. */
  private static Pattern expected(Block block) {
    return Pattern.compile(
        block.output().stream().map(GuideIT::pattern).collect(Collectors.joining("[\\s\\S]*?")),
        Pattern.MULTILINE);
  }

  private static String pattern(String line) {
    return Arrays.stream(collapsed(line).split("…", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining(".*", "^", "$"));
  }

  private static String collapsed(String text) {
    return text.lines()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .collect(Collectors.joining("\n"));
  }
}
