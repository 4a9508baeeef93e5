package io.cesync.row;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cesync.mapping.InvalidKeyException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Pages through the rows of a partition, or of a range of tokens. Thread-safe; made for one version
 * of the table's schema. A partition that has static columns but no rows gives none.
 */
public final class RowScanner {

  private final CqlSession session;
  private final RowColumns columns;
  private final Executor executor;
  private final PreparedStatement partition;
  private final PreparedStatement tokenRange;
  private final int keyColumns;

  /**
   * @param executor where results are turned into images
   */
  public RowScanner(CqlSession session, RowColumns columns, Executor executor) {
    this.session = session;
    this.columns = columns;
    this.executor = executor;
    RowQueries queries = new RowQueries(columns);
    partition = session.prepare(queries.partition());
    tokenRange = session.prepare(queries.tokenRange());
    keyColumns = queries.keyColumns();
  }

  /** The first page of a partition's rows. */
  public CompletionStage<RowPage> partition(RowKey key, int pageSize) {
    try {
      ByteBuffer[] values = columns.mapping().keys().values(key);
      BoundStatementBuilder builder = partition.boundStatementBuilder();
      for (int i = 0; i < values.length; i++) {
        builder = builder.setBytesUnsafe(i, values[i]);
      }
      return execute(builder.build(), pageSize);
    } catch (InvalidKeyException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * The first page of the rows whose Murmur3 token lies in a range.
   *
   * @param after exclusive
   * @param to inclusive
   */
  public CompletionStage<RowPage> tokens(long after, long to, int pageSize) {
    return execute(
        tokenRange
            .boundStatementBuilder()
            .setLong(0, after)
            .setLong(1, to)
            .setRoutingToken(
                session
                    .getMetadata()
                    .getTokenMap()
                    .map(m -> m.parse(Long.toString(to)))
                    .orElse(null))
            .setRoutingKeyspace(CqlIdentifier.fromInternal(columns.mapping().keyspace()))
            .build(),
        pageSize);
  }

  private CompletionStage<RowPage> execute(BoundStatement statement, int pageSize) {
    return session
        .executeAsync(statement.setIdempotent(true).setPageSize(pageSize))
        .thenApplyAsync(result -> page(statement, result), executor);
  }

  private RowPage page(BoundStatement statement, AsyncResultSet result) {
    List<RowImage> rows = new ArrayList<>(result.remaining());
    for (Row row : result.currentPage()) {
      if (!row.isNull(keyColumns - 1)) {
        rows.add(new RowImage(columns.mapping().keys().ofRow(row), columns, Optional.of(row)));
      }
    }
    return new RowPage(
        rows,
        result.hasMorePages()
            ? Optional.of(size -> execute(next(statement, result), size))
            : Optional.empty());
  }

  private static BoundStatement next(BoundStatement statement, AsyncResultSet result) {
    return statement.setPagingState(result.getExecutionInfo().getPagingState());
  }
}
