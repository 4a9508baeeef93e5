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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every command of the operator's guide, in its order, on real servers that ask for passwords. See
 * {@link Guide} for what is a command.
 */
class GuideIT {
  private static final Logger LOG = LoggerFactory.getLogger(GuideIT.class);

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
          run(block, site);
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
    LOG.debug("{}\n{}", block, output);
    if (block.text().contains("/metrics")) {
      assertThat(Guide.read().metrics()).allMatch(output::contains);
    }
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
