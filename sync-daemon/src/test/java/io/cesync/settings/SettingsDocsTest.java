package io.cesync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the repository says of settings is what they are. To bring it up to date after a change of a
 * declaration: {@code mvn test -pl sync-daemon -am -Dtest=SettingsDocsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true}.
 */
class SettingsDocsTest {
  private static final boolean WRITE = Boolean.getBoolean("docs.write");
  private static final Path YAML = Path.of("../settings.yaml");
  private static final Path README = Path.of("../README.md");
  private static final String BEGIN = "<!-- settings:begin -->\n";
  private static final String END = "<!-- settings:end -->";

  @Test
  void settingsYamlIsMadeOfTheDeclarations() throws IOException {
    if (WRITE) {
      Files.writeString(YAML, SettingsDocs.yaml());
    }
    assertThat(Files.readString(YAML))
        .as("bring it up to date with -Ddocs.write=true")
        .isEqualTo(SettingsDocs.yaml());
  }

  @Test
  void theTableInTheReadmeIsMadeOfTheDeclarations() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(readme).contains(BEGIN, END);
    if (WRITE) {
      Files.writeString(
          README, readme.substring(0, begin) + SettingsDocs.table() + readme.substring(end));
    }
    assertThat(Files.readString(README))
        .as("bring it up to date with -Ddocs.write=true")
        .contains(BEGIN + SettingsDocs.table() + END);
  }

  @Test
  void settingsYamlAsItIsHasTheDefaults() throws IOException {
    Settings shipped = Settings.load(YAML, Map.of());
    Settings least =
        Settings.parse(
            """
            cassandra: {contact_points: [127.0.0.1], local_datacenter: datacenter1}
            elasticsearch: {hosts: ["http://127.0.0.1:9200"]}
            tables: [{table: shop.product}]
            """,
            YAML,
            Map.of());
    assertThat(shipped).isEqualTo(least);
    assertThat(Files.readString(YAML)).contains("# interval: 1s\n");
  }

  @Test
  void whatStandsBehindANumberSignIsASettingToo() throws IOException {
    String all =
        Files.readString(YAML)
            .lines()
            .map(line -> line.replaceFirst("^( *)# ([a-z_]+: )", "$1$2"))
            .collect(Collectors.joining("\n"));
    assertThat(all).contains("\ninterval: 1s", "\n    delivery: atomic");
    Map<String, String> environment =
        Map.of(
            "CASSANDRA_PASSWORD", "p",
            "ELASTICSEARCH_PASSWORD", "p",
            "ELASTICSEARCH_API_KEY", "k",
            "TRUSTSTORE_PASSWORD", "p",
            "KEYSTORE_PASSWORD", "p");

    InvalidSettingsException refused =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> Settings.parse(all, YAML, environment));

    // Together some examples contradict each other and name no files, but each is right by itself.
    List<String> contradictions =
        List.of("remove", "keep one", "is not enabled", "names a file", "https", "go together");
    assertThat(refused.problems())
        .isNotEmpty()
        .allMatch(problem -> contradictions.stream().anyMatch(problem::contains));
  }

  @Test
  void everySettingIsExplained() {
    assertThat(SettingsDocs.table().lines().skip(2))
        .hasSizeGreaterThan(50)
        .allMatch(row -> row.matches("\\| `[a-z_.\\[\\]]+` \\| [^|]+ \\| [^|]* \\| [^|]+ \\|"));
  }
}
