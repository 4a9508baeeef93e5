package io.cesync.deadletter;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One table's dead letters as a person looks at them, of both directions. Everything waits for
 * Cassandra; letters are read page by page.
 */
public final class LetterBox {

  private static final int PAGE = 500;

  /** The directions that changes can have. */
  public static final List<Direction> DIRECTIONS =
      List.of(Direction.CASSANDRA_TO_ELASTICSEARCH, Direction.ELASTICSEARCH_TO_CASSANDRA);

  private final CqlSession session;
  private final TableName name;
  private final PreparedStatement all;
  private final PreparedStatement one;
  private final PreparedStatement count;
  private final PreparedStatement delete;
  private final PreparedStatement deleteAll;

  /**
   * @param logKeyspace where the dead-letter table is
   */
  public LetterBox(CqlSession session, CqlIdentifier logKeyspace, TableName name) {
    this.session = session;
    this.name = name;
    String where =
        " FROM "
            + logKeyspace.asCql(true)
            + ".dead_letter WHERE logged_keyspace = ? AND logged_table = ? AND direction = ?";
    String key = " AND logged_key = ?";
    all = session.prepare("SELECT direction, logged_key, failed_at, reason" + where);
    one =
        session.prepare("SELECT direction, logged_key, failed_at, reason, document" + where + key);
    count = session.prepare("SELECT count(*)" + where);
    delete = session.prepare("DELETE" + where + key);
    deleteAll = session.prepare("DELETE" + where);
  }

  /** How many letters there are. */
  public long count(Direction direction) {
    return session.execute(bind(count, direction)).one().getLong(0);
  }

  /** All letters, in the order of their keys, without their documents. */
  public Stream<Letter> letters(Direction direction) {
    return StreamSupport.stream(
            session.execute(bind(all, direction).setPageSize(PAGE)).spliterator(), false)
        .map(row -> letter(row, Optional.empty()));
  }

  /** A key's letter. */
  public Optional<Letter> find(Direction direction, String key) {
    Row row = session.execute(bind(one, direction).setString(3, key)).one();
    return Optional.ofNullable(row)
        .map(found -> letter(found, Optional.ofNullable(found.getString(4))));
  }

  public void delete(Direction direction, String key) {
    session.execute(bind(delete, direction).setString(3, key));
  }

  public void deleteAll(Direction direction) {
    session.execute(bind(deleteAll, direction));
  }

  private BoundStatement bind(PreparedStatement statement, Direction direction) {
    return statement
        .bind()
        .setString(0, name.keyspace())
        .setString(1, name.table())
        .setString(2, direction.toString());
  }

  private static Letter letter(Row row, Optional<String> document) {
    return new Letter(
        row.getString(0),
        row.getString(1),
        row.getInstant(2),
        String.valueOf(row.getString(3)),
        document);
  }
}
