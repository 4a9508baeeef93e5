package io.cesync.settings;

import io.cesync.yaml.Check;
import io.cesync.yaml.Check.Reporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What must hold between settings. */
final class SettingsChecks {
  /** Where the triggers write to. */
  private static final TableName CHANGE_LOG = new TableName("logger", "log");

  private SettingsChecks() {}

  /** For one file: the checks of tables know the tables before. */
  static Map<Class<?>, Check<?>> all() {
    Map<Class<?>, Check<?>> checks = new HashMap<>();
    checks.put(Settings.class, check(SettingsChecks::settings));
    checks.put(CassandraSettings.class, check(SettingsChecks::cassandra));
    checks.put(CassandraSettings.Ssl.class, check(SettingsChecks::cassandraSsl));
    checks.put(ElasticsearchSettings.class, check(SettingsChecks::elasticsearch));
    checks.put(ElasticsearchSettings.Ssl.class, check(SettingsChecks::elasticsearchSsl));
    checks.put(ChangeLogSettings.class, check(SettingsChecks::changeLog));
    checks.put(RetrySettings.class, check(SettingsChecks::retry));
    checks.put(TableSettings.class, check(new TableChecks()));
    return checks;
  }

  private static <R extends Record> Check<R> check(Check<R> check) {
    return check;
  }

  private static void settings(Settings settings, Reporter at) {
    if (settings.busyInterval().compareTo(settings.interval()) > 0) {
      at.problem("busy_interval", "must not be longer than interval");
    }
    if (settings.lateWindow().compareTo(settings.changeLog().retention()) > 0) {
      at.problem("late_window", "must not be longer than change_log.retention");
    }
    if (settings.tables().stream().anyMatch(table -> table.table().equals(CHANGE_LOG))) {
      at.problem("tables", "must not hold the change log itself (" + CHANGE_LOG + ")");
    }
  }

  private static void cassandra(CassandraSettings cassandra, Reporter at) {
    together("username", cassandra.username(), "password", cassandra.password(), at);
  }

  private static void cassandraSsl(CassandraSettings.Ssl ssl, Reporter at) {
    if (!ssl.enabled() && (ssl.truststore().isPresent() || ssl.keystore().isPresent())) {
      at.problem("", "has stores but is not enabled; set enabled: true or remove them");
    }
    stores(ssl.truststore(), ssl.truststorePassword(), ssl.keystore(), ssl.keystorePassword(), at);
  }

  private static void elasticsearch(ElasticsearchSettings elasticsearch, Reporter at) {
    together("username", elasticsearch.username(), "password", elasticsearch.password(), at);
    if (elasticsearch.apiKey().isPresent() && elasticsearch.username().isPresent()) {
      at.problem("api_key", "goes instead of username and password; remove one of them");
    }
    ElasticsearchSettings.Ssl ssl = elasticsearch.ssl();
    boolean https = elasticsearch.hosts().stream().anyMatch(url -> "https".equals(url.getScheme()));
    boolean stores =
        ssl.truststore().isPresent()
            || ssl.keystore().isPresent()
            || !ssl.certificateAuthorities().isEmpty();
    if (stores && !https) {
      at.problem("ssl", "is of no use without an https:// host; change hosts or remove it");
    }
  }

  private static void elasticsearchSsl(ElasticsearchSettings.Ssl ssl, Reporter at) {
    if (ssl.truststore().isPresent() && !ssl.certificateAuthorities().isEmpty()) {
      at.problem("certificate_authorities", "goes instead of truststore; remove one of them");
    }
    for (Path authority : ssl.certificateAuthorities()) {
      readable("certificate_authorities", authority, at);
    }
    stores(ssl.truststore(), ssl.truststorePassword(), ssl.keystore(), ssl.keystorePassword(), at);
  }

  private static void stores(
      Optional<Path> truststore,
      Optional<Secret> truststorePassword,
      Optional<Path> keystore,
      Optional<Secret> keystorePassword,
      Reporter at) {
    truststore.ifPresent(file -> readable("truststore", file, at));
    keystore.ifPresent(file -> readable("keystore", file, at));
    if (truststorePassword.isPresent() && truststore.isEmpty()) {
      at.problem("truststore_password", "has no truststore; give it one or remove it");
    }
    if (keystorePassword.isPresent() != keystore.isPresent()) {
      at.problem("keystore", "and keystore_password go together; give both or neither");
    }
  }

  private static void readable(String key, Path file, Reporter at) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      at.problem(key, "names a file that is not there or can't be read: " + file);
    }
  }

  private static void together(
      String key, Optional<?> value, String other, Optional<?> otherValue, Reporter at) {
    if (value.isPresent() != otherValue.isPresent()) {
      at.problem(
          value.isPresent() ? key : other,
          "needs " + (value.isPresent() ? other : key) + " beside it; give both or neither");
    }
  }

  private static void changeLog(ChangeLogSettings log, Reporter at) {
    if (!log.replication().isEmpty() && !log.replication().containsKey("class")) {
      at.problem("replication", "needs a class, such as NetworkTopologyStrategy");
    }
    if (log.bucket().toMillis() % 1000 != 0) {
      at.problem("bucket", "must be whole seconds");
    }
  }

  private static void retry(RetrySettings retry, Reporter at) {
    if (retry.initial().compareTo(retry.max()) > 0) {
      at.problem("initial", "must not be longer than max");
    }
  }
}
