package io.cesync.distribution;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cesync.local.CassandraServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** As much of cqlsh as the guide needs: statements, {@code LOGIN} and {@code SOURCE}. */
final class CqlShell implements AutoCloseable {
  private static final Pattern END = Pattern.compile(";\\s*(\\n|$)");
  private static final Pattern LOGIN = Pattern.compile("LOGIN (\\w+) '([^']*)'");
  private static final Pattern SOURCE = Pattern.compile("SOURCE '([^']*)'");

  private final CassandraServers cassandra;
  private CqlSession session;

  CqlShell(CassandraServers cassandra, String user, String password) {
    this.cassandra = cassandra;
    this.session = login(cassandra, user, password);
  }

  static CqlSession login(CassandraServers cassandra, String user, String password) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoints().get(0))
        .withLocalDatacenter(cassandra.localDatacenter())
        .withAuthCredentials(user, password)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .build())
        .build();
  }

  /** Gives back the rows, one a line. */
  String run(String text) throws IOException {
    StringBuilder output = new StringBuilder();
    for (String statement : END.split(text.replaceAll("(?m)^\\s*--.*$", ""), -1)) {
      if (!statement.isBlank()) {
        execute(statement.strip(), output);
      }
    }
    return output.toString();
  }

  private void execute(String statement, StringBuilder output) throws IOException {
    Matcher login = LOGIN.matcher(statement);
    Matcher source = SOURCE.matcher(statement);
    if (login.matches()) {
      session.close();
      session = login(cassandra, login.group(1), login.group(2));
    } else if (source.matches()) {
      output.append(run(Files.readString(Path.of(source.group(1)))));
    } else {
      ResultSet result = session.execute(statement);
      result.forEach(row -> output.append(line(row)).append('\n'));
    }
  }

  private static String line(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> String.valueOf(row.getObject(i)))
        .collect(Collectors.joining(" | "));
  }

  @Override
  public void close() {
    session.close();
  }
}
