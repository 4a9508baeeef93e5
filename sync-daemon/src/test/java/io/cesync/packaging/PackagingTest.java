package io.cesync.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the unit and the container files name is there. */
class PackagingTest {
  private static final Path PACKAGING = Path.of("../packaging");

  /** Seconds that RunCommand gives the end at most. */
  private static final int STOP_SECONDS = 30;

  private static String read(String name) throws IOException {
    return Files.readString(PACKAGING.resolve(name));
  }

  private static String value(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static Map<?, ?> map(Object yaml, String key) {
    return (Map<?, ?>) ((Map<?, ?>) yaml).get(key);
  }

  @Test
  void theSettingsOfComposeAreRightAndNameItsServices() throws IOException {
    Map<?, ?> services = map(new Yaml().load(read("compose.yaml")), "services");
    Settings settings = Settings.load(PACKAGING.resolve("compose-settings.yaml"));

    assertThat(services.containsKey(settings.cassandra().contactPoints().get(0).host())).isTrue();
    assertThat(services.containsKey(settings.elasticsearch().hosts().get(0).getHost())).isTrue();
    // Only the volume keeps what is written.
    assertThat(settings.stateFile().getParent()).isEqualTo(Path.of("/var/lib/cesync"));
    assertThat(settings.log().file().getParent()).isEqualTo(Path.of("/var/lib/cesync"));
  }

  @Test
  void whatComposeMountsIsThereOrBuilt() throws IOException {
    Map<?, ?> compose = new Yaml().load(read("compose.yaml"));
    Map<?, ?> services = map(compose, "services");
    for (Object service : services.values()) {
      for (Object volume : (List<?>) ((Map<?, ?>) service).get("volumes")) {
        String source = volume.toString().split(":", -1)[0];
        if (!source.startsWith(".")) {
          assertThat(map(compose, "volumes").containsKey(source)).as(source).isTrue();
        } else if (source.equals("../logger-trigger/target/logger-trigger.jar")) {
          assertThat(Files.readString(Path.of("../logger-trigger/pom.xml")))
              .contains("<artifactId>logger-trigger</artifactId>");
        } else {
          assertThat(PACKAGING.resolve(source)).isRegularFile();
        }
      }
    }
    Map<?, ?> build = map(services.get("cesync"), "build");
    assertThat(PACKAGING.resolve(build.get("context").toString()).resolve("run.sh")).exists();
    assertThat(Path.of("..").resolve(build.get("dockerfile").toString())).exists();
    assertThat(services.toString())
        .contains(
            "elasticsearch/elasticsearch:"
                + value(
                    Files.readString(Path.of("../pom.xml")),
                    "<elasticsearch.version>(.*)</elasticsearch.version>"));
  }

  @Test
  void theImageHoldsTheDistribution() throws IOException {
    String dockerfile = read("Dockerfile");
    String assembly = Files.readString(Path.of("../distribution/src/assembly/distribution.xml"));
    String name =
        value(Files.readString(Path.of("../distribution/pom.xml")), "<finalName>(.*)</finalName>");
    String base = value(assembly, "<baseDirectory>(.*)</baseDirectory>");

    assertThat(value(dockerfile, "^ADD (\\S+)"))
        .isEqualTo("distribution/target/" + name + ".tar.gz");
    assertThat(value(dockerfile, "^ENTRYPOINT \\[\"(.*)\"]")).isEqualTo("/opt/" + base + "/run.sh");
    assertThat(value(read("cesync.service"), "^ExecStart=(\\S+)"))
        .isEqualTo("/opt/" + base + "/run.sh");
  }

  @Test
  void theUnitGivesAGoodEndItsTime() throws IOException {
    String unit = read("cesync.service");

    assertThat(unit).contains("Type=notify\n");
    assertThat(Integer.parseInt(value(unit, "^TimeoutStopSec=(\\d+)$")))
        .isGreaterThan(STOP_SECONDS);
    assertThat(Duration.ofSeconds(Integer.parseInt(value(unit, "^WatchdogSec=(\\d+)$"))))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(30));
  }
}
