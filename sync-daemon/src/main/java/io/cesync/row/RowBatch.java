package io.cesync.row;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.cesync.connect.Replicas;
import io.cesync.connect.StatementGroups;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Writes of many rows that go to Cassandra together, a few in each request: a request of its own
 * for each row costs more, and with a trigger that logs it the batch log's two writes besides.
 * Confined to one thread until it is sent.
 */
public final class RowBatch {

  /** Bytes besides the values. */
  private static final int ROW = 50;

  private static final int CELL = 25;

  private record Waiting(
      CompletableFuture<BoundStatement> statement, CompletableFuture<Void> done) {

    void fail(Throwable cause) {
      done.completeExceptionally(cause);
    }
  }

  private final RowWriter writer;
  private final Replicas replicas;
  private final List<Waiting> waiting = new ArrayList<>();

  RowBatch(RowWriter writer, Replicas replicas) {
    this.writer = writer;
    this.replicas = replicas;
  }

  /**
   * As {@link RowWriter#write}, once this is sent. If the request fails that the row is in, all of
   * its rows fail, whichever was the reason: write them by themselves then.
   */
  public CompletionStage<Void> write(
      RowKey key, Map<String, ByteBuffer> cells, long timestamp, boolean insert) {
    Waiting added =
        new Waiting(
            writer.bind(key, cells, timestamp, insert).toCompletableFuture(),
            new CompletableFuture<>());
    waiting.add(added);
    return added.statement.thenCompose(bound -> added.done);
  }

  /** Sends what was written. */
  public void send() {
    CompletionStage<Void> bound =
        CompletableFuture.allOf(
            waiting.stream()
                .map(each -> each.statement.handle((statement, failure) -> failure))
                .toArray(CompletableFuture[]::new));
    bound
        .thenAccept(done -> groups().forEach(this::execute))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                waiting.forEach(each -> each.fail(failure));
              }
            });
  }

  private List<List<Waiting>> groups() {
    List<Waiting> all = new ArrayList<>(waiting);
    // Those have failed already, each by itself.
    all.removeIf(each -> each.statement.isCompletedExceptionally());
    return StatementGroups.split(
        all,
        this::common,
        each -> size(each.statement.join()),
        StatementGroups.BATCH_PARTITIONS,
        StatementGroups.BATCH_BYTES);
  }

  /** What must not be repeated is not to be repeated for the sake of others. */
  private Object common(Waiting each) {
    BoundStatement statement = each.statement.join();
    return Boolean.TRUE.equals(statement.isIdempotent()) ? replicas.of(() -> statement) : each;
  }

  /** As Cassandra measures a batch, about: it counts more of a cell than its value. */
  private static int size(BoundStatement statement) {
    int size = ROW;
    for (ByteBuffer value : statement.getValues()) {
      size += CELL + (value == null ? 0 : value.remaining());
    }
    return size;
  }

  private void execute(List<Waiting> group) {
    List<BoundStatement> statements = group.stream().map(each -> each.statement.join()).toList();
    writer
        .sent(
            statements.size() == 1
                ? statements.get(0)
                : BatchStatement.newInstance(BatchType.UNLOGGED)
                    .addAll(statements)
                    .setIdempotent(true))
        .whenComplete(
            (result, failure) -> {
              if (failure == null) {
                group.forEach(each -> each.done.complete(null));
              } else {
                group.forEach(each -> each.fail(failure));
              }
            });
  }
}
