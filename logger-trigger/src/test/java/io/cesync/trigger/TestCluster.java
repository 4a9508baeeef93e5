package io.cesync.trigger;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.cesync.local.CassandraServers;
import io.cesync.local.CassandraSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/** A node with the trigger, the log and the test tables. */
final class TestCluster implements AutoCloseable {
  static final String KEYSPACE = "contract";
  private static final Path JAR = Path.of("target", "logger-trigger.jar");

  private final AtomicInteger keys = new AtomicInteger();
  private final CassandraServers servers;
  final CqlSession session;

  private TestCluster(CassandraServers servers, CqlSession session) {
    this.servers = servers;
    this.session = session;
  }

  static TestCluster start(CassandraSpec spec) {
    CassandraServers servers = patient(spec).triggerJar(JAR).start();
    CqlSession session =
        CqlSession.builder()
            .addContactPoint(servers.contactPoints().get(0))
            .withLocalDatacenter(servers.localDatacenter())
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                    .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
                    // After each change of the schema the driver would wait a second before it
                    // reads it.
                    .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                    .build())
            .build();
    TestCluster cluster = new TestCluster(servers, session);
    cluster.createLog();
    cluster.cql(
        "CREATE KEYSPACE contract WITH replication ="
            + " {'class': 'SimpleStrategy', 'replication_factor': 1}");
    cluster.cql("USE contract");
    return cluster;
  }

  /**
   * A machine that is busy with other things is no failure. 4.1 and 5.0 know these by the old names
   * too.
   */
  private static CassandraSpec patient(CassandraSpec spec) {
    return spec.config("write_request_timeout_in_ms", 20_000)
        .config("counter_write_request_timeout_in_ms", 20_000)
        .config("cas_contention_timeout_in_ms", 20_000)
        .config("read_request_timeout_in_ms", 20_000);
  }

  void createLog() {
    CqlFile.statements("001-change-log.cql").forEach(this::cql);
  }

  ResultSet cql(String statement, Object... values) {
    return session.execute(SimpleStatement.newInstance(statement, values));
  }

  /** Creates a table for each delivery. */
  void createTables(String name, String columnsAndOptions) {
    for (Delivery delivery : Delivery.values()) {
      createTable(delivery.table(name), columnsAndOptions, delivery);
    }
  }

  void createTable(String name, String columnsAndOptions, Delivery delivery) {
    cql("CREATE TABLE " + name + " " + columnsAndOptions);
    cql("CREATE TRIGGER cesync ON " + name + " USING '" + delivery.className + "'");
  }

  /** A number for the partition key of one test, so that tests may share tables. */
  int newKey() {
    return keys.incrementAndGet();
  }

  /** The entries of a table, oldest first. */
  List<LogEntry> log(String table) {
    ResultSet rows =
        cql(
            "SELECT operation, logged_key, updated_columns, nulled_columns, write_time, time_uuid,"
                + " time_bucket, shard, ttl(operation) AS left FROM logger.log"
                + " WHERE logged_keyspace = ? AND logged_table = ? ALLOW FILTERING",
            KEYSPACE,
            table);
    return StreamSupport.stream(rows.spliterator(), false)
        .map(LogEntry::of)
        .sorted(Comparator.comparingLong(entry -> entry.id().timestamp()))
        .toList();
  }

  /** Those of them whose first key column {@code p} is this number. */
  List<LogEntry> log(String table, int p) {
    String start = "{\"p\":" + p;
    return log(table).stream()
        .filter(entry -> entry.key().startsWith(start + ",") || entry.key().equals(start + "}"))
        .toList();
  }

  @Override
  public void close() {
    session.close();
    servers.close();
  }
}
