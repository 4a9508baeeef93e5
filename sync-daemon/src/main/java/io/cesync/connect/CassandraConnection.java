package io.cesync.connect;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.metadata.schema.SchemaChangeListener;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import io.cesync.UserError;
import io.cesync.settings.CassandraSettings;
import io.cesync.settings.HostPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Opens sessions to Cassandra. */
public final class CassandraConnection {

  private CassandraConnection() {}

  /**
   * Connects.
   *
   * @param schema told of every change of the schema, on a thread of the driver's
   * @throws UserError if the credentials or the TLS settings are wrong
   * @throws UnreachableException if no contact point answers
   */
  public static CqlSession open(CassandraSettings settings, SchemaChangeListener schema) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withConfigLoader(config(settings))
            .addSchemaChangeListener(schema)
            .withLocalDatacenter(settings.localDatacenter());
    for (HostPort point : settings.contactPoints()) {
      builder.addContactPoint(new InetSocketAddress(point.host(), point.port()));
    }
    settings
        .username()
        .ifPresent(
            name ->
                builder.withAuthCredentials(
                    name, settings.password().map(p -> p.reveal()).orElse("")));
    CassandraSettings.Ssl ssl = settings.ssl();
    if (ssl.enabled()) {
      builder.withSslEngineFactory(
          new ProgrammaticSslEngineFactory(
              Tls.context(
                  Tls.trust(ssl.truststore(), ssl.truststorePassword()),
                  Tls.identity(ssl.keystore(), ssl.keystorePassword())),
              null,
              ssl.hostnameValidation()));
    }
    try {
      CqlSession session = builder.build();
      requireDatacenter(session, settings);
      return session;
    } catch (AllNodesFailedException e) {
      throw failure(settings, e);
    }
  }

  private static DriverConfigLoader config(CassandraSettings settings) {
    ProgrammaticDriverConfigLoaderBuilder config =
        DriverConfigLoader.programmaticBuilder()
            .withString(
                DefaultDriverOption.REQUEST_CONSISTENCY,
                settings.consistency().name().toUpperCase(Locale.ROOT))
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestTimeout())
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(10))
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(10))
            .withDuration(
                DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, Duration.ofSeconds(20))
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(250))
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(10))
            .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, 8192)
            // Else each installed table waits a second for more changes of the schema.
            .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(100))
            // Else closing waits two seconds, twice, for requests that nobody makes any more.
            .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 50)
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, 15_000)
            .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 50)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, 15_000)
            // Everything that cesync sends can be sent twice.
            .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
            .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
            .withStringList(DefaultDriverOption.METRICS_SESSION_ENABLED, List.of());
    return config.build();
  }

  /** With a data centre that no node is in, the driver would have no node to ask. */
  private static void requireDatacenter(CqlSession session, CassandraSettings settings) {
    var known =
        session.getMetadata().getNodes().values().stream()
            .map(node -> String.valueOf(node.getDatacenter()))
            .collect(Collectors.toSet());
    if (!known.contains(settings.localDatacenter())) {
      session.close();
      throw new UserError(
          "No node of the Cassandra cluster is in data centre '%s' (cassandra.local_datacenter). There are: %s."
              .formatted(settings.localDatacenter(), String.join(", ", known)));
    }
  }

  /** What a failed request means for the person who runs cesync. */
  public static UserError failure(CassandraSettings settings, DriverException e) {
    String points =
        settings.contactPoints().stream().map(String::valueOf).collect(Collectors.joining(", "));
    if (!(e instanceof AllNodesFailedException all)) {
      return new UserError("Cassandra at %s answered: %s".formatted(points, e.getMessage()), e);
    }
    for (List<Throwable> errors : all.getAllErrors().values()) {
      for (Throwable error : errors) {
        if (error instanceof AuthenticationException) {
          return new UserError(
              "Cassandra at %s refused the credentials (cassandra.username, cassandra.password): %s"
                  .formatted(points, error.getMessage()),
              e);
        }
      }
    }
    Throwable first =
        all.getAllErrors().values().stream().flatMap(List::stream).findFirst().orElse(e);
    return new UnreachableException(
        "Cassandra can't be reached at %s (cassandra.contact_points): %s"
            .formatted(points, first.getMessage()),
        e);
  }
}
