package io.cesync.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command of the guide gets past {@link GuideIT} unnoticed, and what it quotes is said. */
class GuideTest {
  private static final Path SOURCES = Path.of("../sync-daemon/src/main/java");
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

  /** The commands that aren't run, and why. */
  private static final Map<String, String> NOT_RUN =
      Map.of(
          "curl -fsS -X PUT 'https://elasticsearch.example:9200/_security/role/cesync' -H"
              + " 'Content-Type: application/json' -d @cesync-role.json",
          "the server in tests keeps users and roles in files; GuideIT puts this one there",
          "curl -fsS -X PUT 'https://elasticsearch.example:9200/_security/user/cesync' -H"
              + " 'Content-Type: application/json' -d @cesync-user.json",
          "likewise",
          "curl -fsS -X DELETE 'https://elasticsearch.example:9200/_security/user/cesync'",
          "likewise",
          "curl -fsS -X DELETE 'https://elasticsearch.example:9200/_security/role/cesync'",
          "likewise",
          "useradd --system --home-dir /var/lib/cesync cesync",
          "would make a user on the machine that tests",
          "install -d -o cesync /var/lib/cesync",
          "needs that user",
          "chown cesync /etc/cesync/environment settings.yaml",
          "likewise",
          "cp /opt/cesync/packaging/cesync.service /etc/systemd/system/",
          "would change the machine that tests",
          "systemctl enable --now cesync",
          "there is no systemd where tests run",
          "systemctl disable --now cesync && rm /etc/systemd/system/cesync.service",
          "likewise");

  @Test
  void whatIsNotRunIsKnown() throws IOException {
    List<String> console =
        Guide.read().blocks("console").flatMap(block -> block.lines().stream()).toList();

    assertThat(console).containsExactlyInAnyOrderElementsOf(NOT_RUN.keySet());
  }

  @Test
  void commandsInTheProseStandInABlockToo() throws IOException {
    Guide guide = Guide.read();
    String commands =
        guide.blocks().stream().map(Block::text).collect(Collectors.joining("\n", "\n", "\n"));

    assertThat(guide.commandsInProse()).allMatch(command -> commands.contains(command));
  }

  @Test
  void theMessagesThatItQuotesAreSaid() throws IOException {
    List<String> messages = Guide.read().firstColumn("What happens when …");
    String said = literals();

    assertThat(messages).hasSizeGreaterThan(10);
    for (String message : messages) {
      assertThat(message.split("…")).as(message).allMatch(part -> said.contains(part.strip()));
    }
  }

  /** All texts of the daemon, those in several pieces put together; no comments. */
  private static String literals() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(GuideTest::content)
          .map(text -> text.replaceAll("\"\\s*\\+\\s*\"", "").replace("{}", "…"))
          .flatMap(text -> LITERAL.matcher(text).results().map(MatchResult::group))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```\nls\n```",
        "```bash\nls\n```",
        "```sh\nls",
        "```text\nno command's output\n```",
        "```console\nls\n```\n```text\nof what isn't run\n```",
        "```sh\nls\n```\nprose\n```text\nof which?\n```"
      })
  void whatWouldNotBeRunIsRefused(String markdown) {
    assertThatThrownBy(() -> Guide.of(markdown)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blocksAreRead() {
    Guide guide =
        Guide.of(
            """
            # One
            ```sh exit=1
            false
            ```

            ```text
            a …
            b
            ```
            Say `nodetool info`, or `x`.
            """);

    assertThat(guide.blocks())
        .containsExactly(new Block(2, "One", "sh", 1, "false", List.of("a …", "b")));
    assertThat(guide.commandsInProse()).containsExactly("nodetool info");
  }

  @Test
  void placeholdersAreReplaced() {
    Placeholders placeholders =
        new Placeholders().with("a.example", "127.0.0.1").with("/opt", "/tmp/x");

    assertThat(placeholders.replaceIn("ls /opt/cesync a.example /home/opt"))
        .isEqualTo("ls /tmp/x/cesync 127.0.0.1 /home/opt");
    assertThatThrownBy(() -> placeholders.replaceIn("ping b.example"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
