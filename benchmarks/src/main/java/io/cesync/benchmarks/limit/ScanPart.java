package io.cesync.benchmarks.limit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cesync.benchmarks.InFlight;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a whole table by token ranges, some at a time. */
final class ScanPart {
  private static final int RANGES = 64;
  private static final int IN_FLIGHT = 4;

  private final CqlSession session;
  private final PreparedStatement select;
  private final int rows;
  private final int page;
  private final AtomicInteger seen = new AtomicInteger();

  ScanPart(CqlSession session, int rows, int page) {
    this.session = session;
    this.rows = rows;
    this.page = page;
    select = session.prepare(Columns.select("item", "token(id) > ? AND token(id) <= ?"));
  }

  void run() {
    InFlight.run(RANGES, IN_FLIGHT, this::range);
    if (seen.get() != rows) {
      throw new IllegalStateException(seen + " rows instead of " + rows);
    }
  }

  private CompletionStage<?> range(int number) {
    // Unsigned arithmetic: 64 equal parts of 2^64.
    long width = 1L << 58;
    long after = Long.MIN_VALUE + number * width;
    long to = number == RANGES - 1 ? Long.MAX_VALUE : after + width;
    return pages(session.executeAsync(select.bind(after, to).setPageSize(page)));
  }

  private CompletionStage<Void> pages(CompletionStage<AsyncResultSet> page) {
    return page.thenCompose(
        result -> {
          int rowsHere = 0;
          for (Row row : result.currentPage()) {
            row.getBytesUnsafe(2);
            rowsHere++;
          }
          seen.addAndGet(rowsHere);
          return result.hasMorePages()
              ? pages(result.fetchNextPage())
              : CompletableFuture.completedFuture(null);
        });
  }
}
