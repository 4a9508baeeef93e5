package io.cesync.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {
  private static final Pattern CQL = Pattern.compile("contact_points: \\[\"([\\d.]+):(\\d+)\"");
  private static final Pattern HTTP = Pattern.compile("hosts: \\[\"(.*)\"]");

  @Test
  void runsAPairUntilItIsEnded(@TempDir Path folder) throws Exception {
    Path jar = Files.writeString(folder.resolve("some-trigger.jar"), "never loaded");
    int port = Ports.freeOn(List.of(Ports.loopback(0)));
    Process process = start("--trigger-jar", jar.toString(), "--cql-port", Integer.toString(port));
    try (BufferedReader out = process.inputReader()) {
      List<String> said = new ArrayList<>();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (line.startsWith("Ctrl-C")) {
          break;
        }
      }
      String text = String.join("\n", said);

      assertThat(group(CQL, 2, text)).isEqualTo(Integer.toString(port));
      assertThat(CqlProbe.answers(new InetSocketAddress(group(CQL, 1, text), port))).isTrue();
      assertThat(new HttpProbe(URI.create(group(HTTP, 1, text))).ready()).isTrue();
      List<Path> logs =
          said.stream().map(String::strip).filter(s -> s.endsWith(".log")).map(Path::of).toList();
      assertThat(logs).hasSize(2).allSatisfy(log -> assertThat(log).isNotEmptyFile());
      Path node = logs.get(0).getParent().getParent();
      assertThat(node.resolve("triggers").resolve("some-trigger.jar")).hasContent("never loaded");

      process.destroy();
      assertThat(process.waitFor(30, SECONDS)).isTrue();
      assertThat(node).doesNotExist();
      assertThat(logs.get(1).getParent()).doesNotExist();
      assertThat(Ports.isFree(List.of(Ports.loopback(0)), port)).isTrue();
    } finally {
      process.destroy();
    }
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Servers.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String group(Pattern pattern, int group, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(group);
  }
}
