package io.cesync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final String SERVERS =
      """
      cassandra: {contact_points: [127.0.0.1], local_datacenter: datacenter1}
      elasticsearch: {hosts: ["http://127.0.0.1:9200"]}
      """;
  private static final String TABLES = "tables: [{table: shop.product}]\n";
  private static final String MINIMAL = SERVERS + TABLES;

  @TempDir Path directory;

  @Test
  void theLeastFileGivesTheDefaults() {
    Settings settings = parse(MINIMAL);

    assertThat(settings.cassandra().contactPoints())
        .containsExactly(new HostPort("127.0.0.1", 9042));
    assertThat(settings.cassandra().consistency())
        .isEqualTo(CassandraSettings.Consistency.LOCAL_QUORUM);
    assertThat(settings.elasticsearch().hosts())
        .containsExactly(URI.create("http://127.0.0.1:9200"));
    assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.busyInterval()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.stateFile()).isEqualTo(directory.resolve("state.yaml"));
    assertThat(settings.changeLog().retention()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.bulk()).isEqualTo(new BulkSettings(5000, new ByteSize(5 << 20), 3));
    TableSettings table = settings.tables().get(0);
    assertThat(table.table()).isEqualTo(new TableName("shop", "product"));
    assertThat(table.index()).isEqualTo("shop_product");
    assertThat(table.direction()).isEqualTo(Direction.BOTH);
    assertThat(settings.bulkFor(table)).isEqualTo(settings.bulk());
  }

  @Test
  void everythingOfATableIsRead() {
    TableSettings table =
        parse(
                SERVERS
                    + """
                    tables:
                      - table: shop."Product"
                        index: products
                        columns: {exclude: [secret]}
                        renames: {descr: description}
                        id: [b, a]
                        pipeline: p1
                        delivery: ahead
                        max_documents: 5
                        max_bytes: 1MiB
                        index_settings: {number_of_shards: 2, analysis: {x: [a, true, 1.5, "7"]}}
                    """)
            .tables()
            .get(0);

    assertThat(table.table()).isEqualTo(new TableName("shop", "Product"));
    assertThat(table.index()).isEqualTo("products");
    assertThat(table.includes("secret")).isFalse();
    assertThat(table.includes("name")).isTrue();
    assertThat(table.fieldOf("descr")).isEqualTo("description");
    assertThat(table.fieldOf("name")).isEqualTo("name");
    assertThat(table.id()).containsExactly("b", "a");
    assertThat(table.pipeline()).contains("p1");
    assertThat(table.delivery().triggerClass()).isEqualTo("io.cesync.trigger.AheadLogTrigger");
    assertThat(table.indexSettings())
        .isEqualTo(
            Map.of(
                "number_of_shards",
                2L,
                "analysis",
                Map.of("x", java.util.List.of("a", true, 1.5, "7"))));
    assertThat(parse(MINIMAL).bulkFor(table))
        .isEqualTo(new BulkSettings(5, new ByteSize(1 << 20), 3));
  }

  @Test
  void allProblemsAreToldTogetherEachAtItsPlace() {
    assertProblems(
        """
        cassandra:
          contact_points: [127.0.0.1:99999]
          local_datacentre: dc1
        elasticsearch: {hosts: [], password: hunter2}
        intervall: 1s
        interval: 5
        bulk: {max_documents: 0, in_flight: many}
        tables:
          - {table: product}
        """,
        "2:20 cassandra.contact_points[0]: must be host or host:port, such as 127.0.0.1:9042 or [::1]:9042, not \"127.0.0.1:99999\"",
        "2:3 cassandra.local_datacenter: is missing; it must be given, such as datacenter1",
        "3:3 cassandra.local_datacentre: unknown; did you mean local_datacenter?",
        "4:24 elasticsearch.hosts: must have at least 1 element",
        "5:1 intervall: unknown; did you mean interval?",
        "6:11 interval: must be a duration with its unit (ms, s, m, h, d), such as 50ms, 1s or 7d, not \"5\"",
        "7:23 bulk.max_documents: must be between 1 and 100000",
        "7:37 bulk.in_flight: must be an integer, such as 100, not \"many\"",
        "9:13 tables[0].table: must be keyspace.table, such as shop.product, not \"product\"");
  }

  @Test
  void aRightNameInAWrongPlaceIsShownItsPlace() {
    assertProblems(
        MINIMAL + "max_documents: 5\npipeline: p\nretry: {max_pending: 5, colour: red}\n",
        "4:1 max_documents: unknown; did you mean tables[].max_documents or bulk.max_documents?",
        "5:1 pipeline: unknown; did you mean tables[].pipeline?",
        "6:9 retry.max_pending: unknown; did you mean max_pending?",
        "6:25 retry.colour: unknown; known here: initial, max");
  }

  @Test
  void missingSectionsAreMissingKeys() {
    assertProblems(
        "interval: 1s\n",
        "1:1 cassandra.contact_points: is missing; it must be given, such as [\"127.0.0.1:9042\"]",
        "1:1 cassandra.local_datacenter: is missing; it must be given, such as datacenter1",
        "1:1 elasticsearch.hosts: is missing; it must be given, such as [\"http://127.0.0.1:9200\"]",
        "1:1 tables: is missing; it must be given, such as [{table: shop.product, index: shop_product, direction: both}]");
  }

  @Test
  void tablesAndIndicesStandOnce() {
    assertProblems(
        SERVERS
            + """
            tables:
              - {table: shop.product}
              - {table: shop.product, index: other}
              - {table: shop.b, index: shop_product}
              - {table: system.local}
              - {table: logger.log}
            """,
        "4:3 tables: must not hold the change log itself (logger.log)",
        "5:13 tables[1].table: shop.product stands in tables twice; remove one",
        "6:28 tables[2].index: shop_product is already the index of shop.product; each table needs its own",
        "7:13 tables[3].table: is Cassandra's own; name a table of yours");
  }

  @Test
  void namesFollowTheRulesOfTheServers() {
    assertProblems(
        SERVERS
            + """
            tables:
              - {table: shop.a, index: Shop}
              - {table: shop.b, index: _shop}
              - {table: shop.c, index: "a,b"}
              - {table: Shop.d}
              - {table: shop."E"}
              - {table: shop.f, direction: to-cassandra}
              - {table: shop.g, columns: {include: [a], exclude: [b]}, renames: {b: c, a: c, x: _id}}
            """,
        "4:28 tables[0].index: must be another name than \"Shop\": index names are in lower case",
        "5:28 tables[1].index: must be another name than \"_shop\": index names can't begin with - _ + or a dot",
        "6:28 tables[2].index: must be another name than \"a,b\": index names can't have any of \\ / * ? \" < > | , # : or a space",
        "7:13 tables[3].table: must be lower case, or with double quotes round a part that really has upper case ('shop.\"Product\"'), not \"Shop.d\"",
        "8:5 tables[4].index: must be another name than \"shop_E\": index names are in lower case",
        "9:32 tables[5].direction: must be both, cassandra-to-elasticsearch or elasticsearch-to-cassandra, not \"to-cassandra\"",
        "10:30 tables[6].columns: has both include and exclude; keep one",
        "10:69 tables[6].renames: b is excluded, so it can't be renamed; remove one",
        "10:69 tables[6].renames: two columns can't both become the field c",
        "10:69 tables[6].renames: a field name can't be \"_id\": no leading _, no dots, no spaces");
  }

  @Test
  void whatContradictsIsAProblem() {
    assertProblems(
        """
        cassandra: {contact_points: [a], local_datacenter: d, username: u, ssl: {truststore: none.p12}}
        elasticsearch:
          hosts: ["http://a:9200"]
          api_key: k
          username: u
          password: p
          ssl: {certificate_authorities: [none.pem], keystore: none.p12}
        interval: 10ms
        late_window: 2s
        change_log: {shards: 4,        bucket: 1500ms, replication: {datacenter1: 3}}
        retry: {initial: 40s}
        """
            + TABLES,
        "1:65 cassandra.username: needs password beside it; give both or neither",
        "1:73 cassandra.ssl: has stores but is not enabled; set enabled: true or remove them",
        "1:86 cassandra.ssl.truststore: names a file that is not there or can't be read: "
            + directory.resolve("none.p12"),
        "4:12 elasticsearch.api_key: goes instead of username and password; remove one of them",
        "7:8 elasticsearch.ssl: is of no use without an https:// host; change hosts or remove it",
        "7:34 elasticsearch.ssl.certificate_authorities: names a file that is not there or can't be read: "
            + directory.resolve("none.pem"),
        "7:56 elasticsearch.ssl.keystore: and keystore_password go together; give both or neither",
        "7:56 elasticsearch.ssl.keystore: names a file that is not there or can't be read: "
            + directory.resolve("none.p12"),
        "1:1 busy_interval: must not be longer than interval",
        "10:40 change_log.bucket: must be whole seconds",
        "10:61 change_log.replication: needs a class, such as NetworkTopologyStrategy",
        "11:18 retry.initial: must not be longer than max");
  }

  @Test
  void whatIsNoYamlIsAProblemThatShowsNoneOfIt() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> parse("cassandra: {password: hunter2\nelasticsearch: ]"))
        .withMessageContaining("settings.yaml:2:14 not valid YAML")
        .withMessageNotContaining("hunter2");
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> parse("# nothing\n"))
        .withMessageContaining("settings.yaml: it is empty");
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> parse("[]"))
        .withMessageContaining("must be a mapping");
    assertProblems(
        MINIMAL + "interval: 1s\ninterval: 2s\n", "5:1 interval: stands here twice; remove one");
    assertProblems(
        MINIMAL + "interval:\n", "4:10 interval: has no value; give it one or remove the line");
  }

  @Test
  void aMissingFileIsAProblem() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> Settings.load(directory.resolve("none.yaml")))
        .withMessageContaining("none.yaml: there is no such file; name another with -c FILE");
  }

  @Test
  void valuesComeFromTheEnvironmentAndFiles() throws IOException {
    Files.writeString(directory.resolve("secret"), "pa$$ ${NAME}\n");
    String yaml =
        """
        cassandra:
          contact_points: ["${HOST}:${PORT}"]
          local_datacenter: "$${x}"
          username: ${NAME}
          password: ${file:secret}
        elasticsearch: {hosts: ["http://${HOST}:9200"]}
        """
            + TABLES;

    CassandraSettings cassandra =
        parse(yaml, Map.of("HOST", "h1", "PORT", "9043", "NAME", "me")).cassandra();

    assertThat(cassandra.contactPoints()).containsExactly(new HostPort("h1", 9043));
    assertThat(cassandra.localDatacenter()).isEqualTo("${x}");
    assertThat(cassandra.username()).contains("me");
    assertThat(cassandra.password().orElseThrow().reveal()).isEqualTo("pa$$ ${NAME}");
  }

  @Test
  void whatTheEnvironmentLacksIsAProblem() {
    assertProblems(
        MINIMAL
            + "interval: ${NONE}\nsave_interval: ${file:none}\nlate_window: ${open\nbusy_interval: ${a b}\n",
        "4:11 interval: the environment variable NONE is not set; set it or write the value here",
        "5:16 save_interval: the file "
            + directory.resolve("none")
            + " can't be read (NoSuchFileException)",
        "6:14 late_window: a ${ without its }; write $${ for a plain ${",
        "7:16 busy_interval: ${} must hold the name of an environment variable or file:/path");
  }

  @Test
  void secretsAppearNowhere() {
    String yaml =
        """
        cassandra: {contact_points: [a], local_datacenter: d, username: u, password: hunter2}
        elasticsearch: {hosts: ["https://a:9200"], api_key: "${KEY}"}
        """
            + TABLES;
    Settings settings = parse(yaml, Map.of("KEY", "hunter3"));

    assertThat(settings.effective())
        .contains("password: '***'", "api_key: '***'")
        .doesNotContain("hunter");
    assertThat(settings.toString()).contains("***").doesNotContain("hunter");

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(
            () ->
                parse(
                    """
                    cassandra: {contact_points: ["u:hunter2@a"], local_datacenter: d, password: [hunter2]}
                    elasticsearch: {hosts: ["http://u:hunter2@a:9200", "ht tp://u:hunter2@a"], api_key: ""}
                    interval: ${KEY}
                    """
                        + TABLES,
                    Map.of("KEY", "hunter3")))
        .withMessageContaining("has 6 problems")
        .withMessageContaining("not \"${KEY}\"")
        .withMessageNotContaining("hunter");
  }

  @Test
  void effectiveSettingsAreSettings() {
    Settings settings = parse(MINIMAL);

    assertThat(parse(settings.effective())).isEqualTo(settings);
    assertThat(settings.effective())
        .contains("interval: 1s\n", "  max_bytes: 5MiB\n", "index: shop_product\n", "id: []\n");
  }

  private Settings parse(String yaml) {
    return parse(yaml, Map.of());
  }

  private Settings parse(String yaml, Map<String, String> environment) {
    return Settings.parse(yaml, directory.resolve("settings.yaml"), environment);
  }

  private void assertProblems(String yaml, String... problems) {
    String file = directory.resolve("settings.yaml") + ":";
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> parse(yaml))
        .satisfies(
            e ->
                assertThat(e.problems().stream().map(problem -> problem.replace(file, "")))
                    .containsExactlyInAnyOrder(problems));
  }
}
