package io.cesync.row;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.type.ListType;
import io.cesync.Stages;
import io.cesync.connect.Replicas;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.ColumnMapping.Role;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.TableMapping;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * Writes rows with a timestamp, at the session's consistency. What a row has newer than that stays.
 * Thread-safe; made for one version of the table's schema.
 *
 * <p>A non-frozen collection or user-defined type is replaced as a whole, as Cassandra does itself
 * for {@code SET c = ?}: what it had is deleted as of one microsecond before the timestamp, the new
 * elements have the timestamp.
 *
 * <p>A stage fails as the driver's does; with {@link InvalidKeyException} if the key isn't one of
 * the table's; with {@link IllegalArgumentException} if a column can't be written: one that isn't
 * synced, or of the key.
 */
public final class RowWriter {

  private final CqlSession session;
  private final TableMapping mapping;
  private final WriteStatements statements;
  private final Replicas replicas;
  private final LongConsumer nanos;

  /**
   * @param nanos told how long each request took; called from any thread
   */
  public RowWriter(CqlSession session, TableMapping mapping, LongConsumer nanos) {
    this.session = session;
    this.mapping = mapping;
    this.nanos = nanos;
    this.statements = new WriteStatements(session, mapping);
    this.replicas = new Replicas(session, CqlIdentifier.fromInternal(mapping.keyspace()));
  }

  /**
   * Writes cells of a row. Doing it twice is as good as once, but for lists that aren't frozen:
   * their elements would be there twice, as each write gives them cells of their own. The driver
   * doesn't repeat those by itself; after a failure read the row, and if need be write again one
   * microsecond later.
   *
   * @param cells serialised values by column, static columns too; null deletes the column. With
   *     none, and {@code insert} false, nothing is done
   * @param timestamp µs since 1970
   * @param insert whether the row is to exist even with no column set, as INSERT does; else it is
   *     an UPDATE
   */
  public CompletionStage<Void> write(
      RowKey key, Map<String, ByteBuffer> cells, long timestamp, boolean insert) {
    return cells.isEmpty() && !insert
        ? CompletableFuture.completedFuture(null)
        : executed(bind(key, cells, timestamp, insert));
  }

  /** Writes that go out together; see {@link RowBatch}. */
  public RowBatch batch() {
    return new RowBatch(this, replicas);
  }

  /** The statement that {@link #write} executes. */
  CompletionStage<BoundStatement> bind(
      RowKey key, Map<String, ByteBuffer> cells, long timestamp, boolean insert) {
    try {
      ByteBuffer[] keys = keys(key);
      List<ColumnMapping> columns = columns(cells);
      List<ByteBuffer> values = new ArrayList<>(columns.size() + keys.length + 1);
      columns.forEach(column -> values.add(cells.get(column.column())));
      boolean repeatable =
          columns.stream().noneMatch(c -> c.isMultiCell() && c.type() instanceof ListType);
      if (insert) {
        values.addAll(Arrays.asList(keys));
        values.add(time(timestamp));
        return bound(statements.insert(columns), values, repeatable);
      }
      // Of static columns alone Cassandra takes no more than the partition key.
      boolean ofPartition = columns.stream().allMatch(c -> c.role() == Role.STATIC);
      int keyColumns = ofPartition ? mapping.keys().partitionColumns() : keys.length;
      values.add(0, time(timestamp));
      values.addAll(Arrays.asList(keys).subList(0, keyColumns));
      return bound(statements.update(columns, ofPartition), values, repeatable);
    } catch (InvalidKeyException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Deletes a row. Static columns stay, being the partition's.
   *
   * @param timestamp µs since 1970: cells as old as that go, newer ones stay
   */
  public CompletionStage<Void> delete(RowKey key, long timestamp) {
    try {
      List<ByteBuffer> values = new ArrayList<>();
      values.add(time(timestamp));
      values.addAll(Arrays.asList(keys(key)));
      return executed(bound(statements.delete(), values, true));
    } catch (InvalidKeyException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private ByteBuffer[] keys(RowKey key) throws InvalidKeyException {
    if (key.isWholePartition()) {
      throw new IllegalArgumentException("a partition is not a row: " + key);
    }
    return mapping.keys().values(key);
  }

  /** In the mapping's order, so that the same columns are always the same statement. */
  private List<ColumnMapping> columns(Map<String, ByteBuffer> cells) {
    List<ColumnMapping> columns =
        mapping.columns().stream()
            .filter(c -> !c.isKey() && cells.containsKey(c.column()))
            .toList();
    if (columns.size() != cells.size()) {
      throw new IllegalArgumentException("not all of these can be written: " + cells.keySet());
    }
    return columns;
  }

  private static ByteBuffer time(long micros) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, micros);
  }

  private static CompletionStage<BoundStatement> bound(
      CompletionStage<PreparedStatement> prepared, List<ByteBuffer> values, boolean repeatable) {
    return prepared.thenApply(
        statement -> {
          BoundStatementBuilder bound = statement.boundStatementBuilder();
          for (int i = 0; i < values.size(); i++) {
            bound = bound.setBytesUnsafe(i, values.get(i));
          }
          return bound.setIdempotence(repeatable).build();
        });
  }

  private CompletionStage<Void> executed(CompletionStage<BoundStatement> statement) {
    return statement.thenCompose(this::sent).thenAccept(done -> {});
  }

  /** Sends a request, and tells how long it took. */
  CompletionStage<AsyncResultSet> sent(Statement<?> statement) {
    return Stages.timed(() -> session.executeAsync(statement), nanos);
  }
}
