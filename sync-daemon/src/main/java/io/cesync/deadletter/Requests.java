package io.cesync.deadletter;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cesync.settings.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the command line asks a running daemon to do with a table's dead letters. A request stands
 * beside the letters, as if {@code request} were a direction, and goes by itself after a while.
 * Thread-safe.
 */
public final class Requests {

  /** As a request's key: all of the table's letters. */
  public static final String ALL = "*";

  private static final String DIRECTION = "request";
  private static final String RETRY = "retry";
  private static final String DROP = "drop";
  private static final String TAKEN = "taken";
  private static final int KEPT_SECONDS = 3_600;
  private static final int MOST_AT_A_TIME = 1_000;

  /**
   * A request that no daemon has taken yet.
   *
   * @param key a letter's, or {@link #ALL}
   * @param drop whether the letter was dropped; else it is to be tried again
   */
  public record Request(String key, boolean drop) {}

  private final CqlSession session;
  private final String keyspace;
  private final String table;
  private final PreparedStatement select;
  private final PreparedStatement one;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  /**
   * @param logKeyspace where the dead-letter table is
   */
  public Requests(CqlSession session, CqlIdentifier logKeyspace, TableName name) {
    this.session = session;
    this.keyspace = name.keyspace();
    this.table = name.table();
    String letters = logKeyspace.asCql(true) + ".dead_letter";
    String where =
        " FROM "
            + letters
            + " WHERE logged_keyspace = ? AND logged_table = ? AND direction = '"
            + DIRECTION
            + "'";
    select =
        session.prepare("SELECT logged_key, reason, document" + where + " LIMIT " + MOST_AT_A_TIME);
    one = session.prepare("SELECT reason, failed_at" + where + " AND logged_key = ?");
    insert =
        session.prepare(
            "INSERT INTO "
                + letters
                + " (logged_keyspace, logged_table, direction, logged_key, failed_at, reason, document)"
                + " VALUES (?, ?, '"
                + DIRECTION
                + "', ?, ?, ?, ?) USING TTL "
                + KEPT_SECONDS);
    delete = session.prepare("DELETE" + where + " AND logged_key = ?");
  }

  /** Asks for something. Waits until it is written. */
  public void ask(Request request, Instant at) {
    session.execute(
        insert.bind(keyspace, table, request.key(), at, null, request.drop() ? DROP : RETRY));
  }

  /** Takes a request back, or away once it is done. Waits until it is written. */
  public void remove(Request request) {
    session.execute(delete.bind(keyspace, table, request.key()));
  }

  /** When a daemon took a request, by its clock; empty if none has yet. Waits for the answer. */
  public Optional<Instant> takenAt(Request request) {
    Row row = session.execute(one.bind(keyspace, table, request.key())).one();
    return row == null || !TAKEN.equals(row.getString(0))
        ? Optional.empty()
        : Optional.ofNullable(row.getInstant(1));
  }

  /** What nobody has taken yet. */
  public CompletionStage<List<Request>> open() {
    return session
        .executeAsync(select.bind(keyspace, table).setIdempotent(true).setPageSize(MOST_AT_A_TIME))
        .thenApply(Requests::open);
  }

  private static List<Request> open(AsyncResultSet rows) {
    List<Request> open = new ArrayList<>();
    for (Row row : rows.currentPage()) {
      if (row.isNull(1)) {
        open.add(new Request(row.getString(0), DROP.equals(row.getString(2))));
      }
    }
    return open;
  }

  /** Tells that a request was taken. */
  public CompletionStage<Void> taken(Request request, Instant at) {
    return session
        .executeAsync(
            insert
                .bind(keyspace, table, request.key(), at, TAKEN, request.drop() ? DROP : RETRY)
                .setIdempotent(true))
        .thenAccept(done -> {});
  }
}
