package io.cesync.daemon;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.UserError;
import io.cesync.connect.CassandraConnection;
import io.cesync.connect.SchemaEvents;
import io.cesync.connect.SearchConnection;
import io.cesync.connect.UnreachableException;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.document.ServerVersion;
import io.cesync.settings.Settings;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Both servers, reached. */
public final class Connections implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final long RETRY_MILLIS = 2_000;

  private final CqlSession session;
  private final SearchClient client;
  private final ServerVersion version;
  private final SchemaEvents schema;

  private Connections(
      CqlSession session, SearchClient client, ServerVersion version, SchemaEvents schema) {
    this.session = session;
    this.client = client;
    this.version = version;
    this.schema = schema;
  }

  /**
   * Connects to both.
   *
   * @throws UserError if one of them doesn't answer, or doesn't let us in
   */
  public static Connections open(Settings settings) {
    SchemaEvents schema = new SchemaEvents();
    CqlSession session = CassandraConnection.open(settings.cassandra(), schema);
    try {
      SearchClient client = SearchConnection.open(settings.elasticsearch());
      try {
        ServerVersion version = new Indices(client).version();
        LOG.debug("Connected to {} and Cassandra {}", version, session.getName());
        return new Connections(session, client.speaking(version), version, schema);
      } catch (IOException e) {
        client.close();
        throw SearchConnection.failure(settings.elasticsearch(), e);
      }
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Connects to both; waits for one that doesn't answer yet, and says so once.
   *
   * @param waiting told what it waits for
   */
  public static Connections await(Settings settings, StopSignal stop, Consumer<String> waiting)
      throws InterruptedException {
    boolean said = false;
    while (true) {
      try {
        return open(settings);
      } catch (UnreachableException e) {
        waiting.accept(e.getMessage());
        if (!said) {
          LOG.warn("{} Waiting for it.", e.getMessage());
          said = true;
        }
        if (stop.await(RETRY_MILLIS)) {
          throw e;
        }
      }
    }
  }

  public CqlSession session() {
    return session;
  }

  public SearchClient client() {
    return client;
  }

  public ServerVersion version() {
    return version;
  }

  public SchemaEvents schema() {
    return schema;
  }

  @Override
  public void close() {
    session.close();
    client.close();
  }
}
