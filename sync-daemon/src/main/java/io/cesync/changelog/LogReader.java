package io.cesync.changelog;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.KeyCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads one table's entries from Cassandra.
 *
 * <p>All shards of a bucket are read by one query: a quiet log then costs a query a look, however
 * many shards there are.
 */
public final class LogReader implements EntrySource {

  private static final int MOST_COLUMN_SETS = 1_000;

  private final CqlSession session;
  private final Map<ByteBuffer, Set<String>> columnSets = new ConcurrentHashMap<>();
  private final LogLayout layout;
  private final KeyCodec keys;
  private final PreparedStatement select;
  private final PreparedStatement count;
  private final String keyspace;
  private final String table;
  private final int pageSize;

  /**
   * @param log the log table, {@code keyspace.table}
   * @param keyspace the logged table's keyspace, as in the log
   */
  public LogReader(
      CqlSession session,
      LogTable log,
      LogLayout layout,
      CqlIdentifier keyspace,
      CqlIdentifier table,
      KeyCodec keys,
      int pageSize) {
    this.session = session;
    this.layout = layout;
    this.keys = keys;
    this.keyspace = keyspace.asInternal();
    this.table = table.asInternal();
    this.pageSize = pageSize;
    String where =
        " FROM "
            + log.cql()
            + " WHERE logged_keyspace = ? AND logged_table = ? AND time_bucket = ? AND shard IN ?"
            + " AND time_uuid >= ? AND time_uuid < ?";
    select =
        session.prepare(
            "SELECT time_uuid, operation, logged_key, updated_columns, nulled_columns, write_time"
                + where);
    count = session.prepare("SELECT count(*)" + where);
  }

  @Override
  public LogLayout layout() {
    return layout;
  }

  @Override
  public CompletionStage<LogPage> read(Window window, List<Integer> shards) {
    return session
        .executeAsync(bind(select, window, shards).setPageSize(pageSize))
        .thenApply(this::page);
  }

  /** The server counts; nothing is transferred. */
  @Override
  public CompletionStage<Long> count(Window window) {
    return session
        .executeAsync(bind(count, window, allShards()).setPageSize(pageSize))
        .thenApply(result -> result.one().getLong(0));
  }

  private BoundStatement bind(PreparedStatement statement, Window window, List<Integer> shards) {
    long bucket = layout.bucketOf(window.from());
    if (window.to() > bucket + layout.bucketMillis()) {
      throw new IllegalArgumentException(window + " spans buckets");
    }
    return statement
        .boundStatementBuilder()
        .setString(0, keyspace)
        .setString(1, table)
        .setInstant(2, Instant.ofEpochMilli(bucket))
        .setList(3, shards, Integer.class)
        .setUuid(4, Uuids.startOf(window.from()))
        .setUuid(5, Uuids.startOf(window.to()))
        .setIdempotence(true)
        .build();
  }

  private LogPage page(AsyncResultSet result) {
    List<Entry> entries = new ArrayList<>(result.remaining());
    List<LogPage.Unreadable> unreadable = new ArrayList<>(0);
    for (Row row : result.currentPage()) {
      String key = row.getString(2);
      try {
        entries.add(entry(row, key));
      } catch (InvalidKeyException | IllegalArgumentException e) {
        unreadable.add(
            new LogPage.Unreadable(
                String.valueOf(key),
                Uuids.unixTimestamp(row.getUuid(0)),
                "entry " + row.getUuid(0) + " of the change log: " + e.getMessage()));
      }
    }
    return new LogPage(
        entries,
        unreadable,
        result.hasMorePages()
            ? Optional.of(() -> result.fetchNextPage().thenApply(this::page))
            : Optional.empty());
  }

  private Entry entry(Row row, String key) throws InvalidKeyException {
    if (key == null) {
      throw new IllegalArgumentException("it has no logged_key");
    }
    return new Entry(
        row.getUuid(0),
        Operation.ofLogName(row.getString(1)),
        keys.parse(key),
        strings(row, 3),
        strings(row, 4),
        row.isNull(5) ? Entry.UNKNOWN : row.getLong(5));
  }

  /** The same few sets come again and again. */
  private Set<String> strings(Row row, int column) {
    ByteBuffer bytes = row.getBytesUnsafe(column);
    if (bytes == null) {
      return Set.of();
    }
    Set<String> known = columnSets.get(bytes);
    if (known == null) {
      known = Set.copyOf(row.getSet(column, String.class));
      if (columnSets.size() < MOST_COLUMN_SETS) {
        // A copy: the buffer itself holds on to the whole page.
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        columnSets.put(ByteBuffer.wrap(copy), known);
      }
    }
    return known;
  }
}
