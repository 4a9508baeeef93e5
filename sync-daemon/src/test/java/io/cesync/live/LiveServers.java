package io.cesync.live;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.cesync.local.CassandraServers;
import io.cesync.local.LocalServers;
import io.cesync.local.SearchServer;
import io.cesync.local.SearchSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A Cassandra with the trigger and an Elasticsearch, started once for all test classes of a JVM
 * that ask for them as a parameter. The tests use keyspaces and indices of their own.
 */
public final class LiveServers implements AutoCloseable {

  private static final Path TRIGGER = Path.of("../logger-trigger/target/logger-trigger.jar");

  private final AtomicInteger names;
  private final CassandraServers cassandra;
  private final SearchServer search;
  private final CqlSession session;
  private final Rest rest;
  private final boolean ownsCassandra;

  private LiveServers() {
    names = new AtomicInteger();
    ownsCassandra = true;
    // A busy machine is slow; a test whose daemon does what it should never waits so long.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    cassandra = LocalServers.cassandra().triggerJar(TRIGGER).start();
    try {
      search =
          LocalServers.elasticsearch()
              .setting("http.max_content_length", "200kb")
              .setting("path.repo", List.of("snapshots"))
              // Each time it looks at the disks, it takes away blocks that it has not set itself.
              .setting("cluster.info.update.interval", "1h")
              .start();
    } catch (RuntimeException e) {
      cassandra.close();
      throw e;
    }
    session = session(cassandra).build();
    rest = new Rest(search.uri());
  }

  private LiveServers(LiveServers others, SearchSpec spec) {
    names = others.names;
    cassandra = others.cassandra;
    session = others.session;
    ownsCassandra = false;
    search = spec.start();
    rest = new Rest(search.uri());
  }

  /** The same Cassandra with a search server of its own, which is to be closed. */
  public LiveServers with(SearchSpec spec) {
    return new LiveServers(this, spec);
  }

  /** Makes sessions that wait long enough for a busy machine. */
  public static CqlSessionBuilder session(CassandraServers cassandra) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoints().get(0))
        .withLocalDatacenter(cassandra.localDatacenter())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .build());
  }

  /** A name that no other test has. */
  String newName() {
    return "site" + names.incrementAndGet();
  }

  public ResultSet cql(String statement, Object... values) {
    return session.execute(SimpleStatement.newInstance(statement, values));
  }

  public CqlSession session() {
    return session;
  }

  public Rest rest() {
    return rest;
  }

  public URI search() {
    return search.uri();
  }

  /** For tests that stop it; only of servers made with {@link #with}. */
  public SearchServer searchServer() {
    if (ownsCassandra) {
      throw new IllegalStateException("others use it, too");
    }
    return search;
  }

  /** The contact point, as the settings want it. */
  public String contactPoint() {
    var address = cassandra.contactPoints().get(0);
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Override
  public void close() {
    search.close();
    if (ownsCassandra) {
      session.close();
      cassandra.close();
    }
  }

  /** Gives tests the servers. */
  public static final class Extension implements ParameterResolver {

    private static LiveServers shared;

    /**
     * They end with the JVM, by the hook that they have for that. JUnit's own stores may end with
     * each class.
     */
    private static synchronized LiveServers shared() {
      if (shared == null) {
        shared = new LiveServers();
      }
      return shared;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == LiveServers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return shared();
    }
  }
}
