package io.cesync.settings;

import io.cesync.yaml.ScalarType;
import io.cesync.yaml.ScalarTypes;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The single values that settings have. */
final class SettingTypes {
  static final int CASSANDRA_PORT = 9042;

  private SettingTypes() {}

  /** Relative paths start at the given directory. */
  static ScalarTypes in(Path directory) {
    return ScalarTypes.basic()
        .with(Duration.class, ScalarType.of("duration", Durations::parse, Durations::format))
        .with(ByteSize.class, ScalarType.of("size", ByteSize::parse, ByteSize::toString))
        .with(
            HostPort.class,
            ScalarType.of(
                "host:port", text -> HostPort.parse(text, CASSANDRA_PORT), HostPort::toString))
        .with(
            TableName.class, ScalarType.of("keyspace.table", TableName::parse, TableName::toString))
        .with(URI.class, ScalarType.of("URL", SettingTypes::parseUrl, URI::toString))
        .with(Path.class, ScalarType.of("path", text -> parsePath(directory, text), Path::toString))
        .with(
            Direction.class,
            ScalarType.of("direction", SettingTypes::parseDirection, Direction::toString))
        .with(
            Secret.class,
            new ScalarType<>("secret", SettingTypes::parseSecret, Secret::toString, true));
  }

  private static Secret parseSecret(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("something; it is empty");
    }
    return Secret.of(text);
  }

  private static Path parsePath(Path directory, String text) {
    try {
      return directory.resolve(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("a path", e);
    }
  }

  private static Direction parseDirection(String text) {
    return Stream.of(Direction.values())
        .filter(direction -> direction.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s, %s or %s"
                        .formatted(
                            Direction.BOTH,
                            Direction.CASSANDRA_TO_ELASTICSEARCH,
                            Direction.ELASTICSEARCH_TO_CASSANDRA)));
  }

  private static URI parseUrl(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      // Without the cause: it quotes the text, which may hold a password.
      throw new IllegalArgumentException("a URL, such as http://127.0.0.1:9200");
    }
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
      throw new IllegalArgumentException("a URL, such as http://127.0.0.1:9200");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a URL without a user in it; use username and password beside it");
    }
    return url;
  }
}
