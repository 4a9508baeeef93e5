package io.cesync.benchmarks.limit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Pages through the table's whole change log, all its partitions at once. */
final class LogPart {
  private static final int PAGE = 5000;

  private final CqlSession session;
  private final List<BoundStatement> partitions = new ArrayList<>();

  LogPart(CqlSession session) {
    this.session = session;
    PreparedStatement select =
        session.prepare(
            "SELECT time_uuid, operation, logged_key, updated_columns, nulled_columns, write_time"
                + " FROM logger.log WHERE logged_keyspace = ? AND logged_table = ?"
                + " AND time_bucket = ? AND shard = ?");
    for (Row row :
        session.execute(
            "SELECT DISTINCT logged_keyspace, logged_table, time_bucket, shard FROM logger.log")) {
      if ("item".equals(row.getString(1))) {
        partitions.add(
            select
                .bind(row.getString(0), row.getString(1), row.getInstant(2), row.getInt(3))
                .setPageSize(PAGE));
      }
    }
  }

  void run() {
    CompletableFuture.allOf(
            partitions.stream()
                .map(one -> pages(session.executeAsync(one)).toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static CompletionStage<Void> pages(CompletionStage<AsyncResultSet> page) {
    return page.thenCompose(
        result -> {
          for (Row row : result.currentPage()) {
            row.getUuid(0);
            row.getString(2);
          }
          return result.hasMorePages()
              ? pages(result.fetchNextPage())
              : CompletableFuture.completedFuture(null);
        });
  }
}
