package io.cesync.row;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cesync.Stages;
import io.cesync.connect.Serialized;
import io.cesync.mapping.InvalidKeyException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

/**
 * Reads rows by key, grouped so that one request reads many: several partitions of the same
 * replicas, or several rows of one partition. Thread-safe; made for one version of the table's
 * schema.
 */
public final class RowReader {

  /** One request's keys, and what it showed: an image for each of them, in no order. */
  public record Reading(List<RowKey> keys, CompletionStage<List<RowImage>> images) {}

  private final CqlSession session;
  private final RowColumns columns;
  private final KeyGroups groups;
  private final Executor executor;
  private final LongConsumer nanos;
  private final int partitionColumns;
  private final int keyColumns;
  private final PreparedStatement single;
  private final Optional<PreparedStatement> partitions;
  private final Optional<PreparedStatement> rows;

  /**
   * @param groupSize keys in one request, at most
   * @param executor where results are turned into images
   * @param nanos told how long each request took; called from any thread
   */
  public RowReader(
      CqlSession session,
      RowColumns columns,
      int groupSize,
      Executor executor,
      LongConsumer nanos) {
    this.session = session;
    this.columns = columns;
    this.executor = executor;
    this.nanos = nanos;
    RowQueries queries = new RowQueries(columns);
    partitionColumns = queries.partitionColumns();
    keyColumns = queries.keyColumns();
    single = session.prepare(queries.single());
    partitions = queries.partitions().map(session::prepare);
    rows = queries.rows().map(session::prepare);
    groups = new KeyGroups(session, columns.mapping(), groupSize);
  }

  /** Reads rows at the session's consistency. */
  public List<Reading> read(List<RowKey> keys) {
    List<Reading> readings = new ArrayList<>();
    for (List<RowKey> group : groups.of(keys)) {
      readings.addAll(read(group, null));
    }
    return readings;
  }

  /** Reads each row by itself: after a group failed, or at a consistency that allows no groups. */
  public List<Reading> readSingly(List<RowKey> keys, ConsistencyLevel consistency) {
    return keys.stream().flatMap(key -> read(List.of(key), consistency).stream()).toList();
  }

  private List<Reading> read(List<RowKey> keys, ConsistencyLevel consistency) {
    List<Reading> readings = new ArrayList<>(1);
    List<RowKey> good = new ArrayList<>(keys.size());
    List<ByteBuffer[]> asked = new ArrayList<>(keys.size());
    for (RowKey key : keys) {
      try {
        asked.add(columns.mapping().keys().values(key));
        good.add(key);
      } catch (InvalidKeyException e) {
        readings.add(new Reading(List.of(key), CompletableFuture.failedFuture(e)));
      }
    }
    if (!good.isEmpty()) {
      readings.add(new Reading(good, execute(good, asked, consistency)));
    }
    return readings;
  }

  private CompletionStage<List<RowImage>> execute(
      List<RowKey> keys, List<ByteBuffer[]> asked, ConsistencyLevel consistency) {
    Map<List<ByteBuffer>, RowKey> byBytes = new HashMap<>(keys.size() * 2);
    for (int i = 0; i < keys.size(); i++) {
      byBytes.put(Arrays.asList(asked.get(i)), keys.get(i));
    }
    try {
      BoundStatement statement = bind(asked).setIdempotent(true).setPageSize(Integer.MAX_VALUE);
      BoundStatement request =
          consistency == null ? statement : statement.setConsistencyLevel(consistency);
      return Stages.timed(() -> session.executeAsync(request), nanos)
          .thenApplyAsync(result -> images(result, byBytes), executor);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private BoundStatement bind(List<ByteBuffer[]> asked) {
    ByteBuffer[] first = asked.get(0);
    if (asked.size() == 1) {
      BoundStatementBuilder builder = single.boundStatementBuilder();
      for (int i = 0; i < first.length; i++) {
        builder = builder.setBytesUnsafe(i, first[i]);
      }
      return builder.build();
    }
    if (keyColumns == partitionColumns) {
      List<ByteBuffer> list = asked.stream().map(values -> values[0]).toList();
      return partitions
          .orElseThrow()
          .boundStatementBuilder()
          .setBytesUnsafe(0, Serialized.list(list))
          .setRoutingKey(first[0])
          .setRoutingKeyspace(CqlIdentifier.fromInternal(columns.mapping().keyspace()))
          .build();
    }
    BoundStatementBuilder builder = rows.orElseThrow().boundStatementBuilder();
    for (int i = 0; i < partitionColumns; i++) {
      builder = builder.setBytesUnsafe(i, first[i]);
    }
    List<ByteBuffer> tuples =
        asked.stream()
            .map(
                values ->
                    Serialized.tuple(Arrays.asList(values).subList(partitionColumns, keyColumns)))
            .toList();
    return builder.setBytesUnsafe(partitionColumns, Serialized.list(tuples)).build();
  }

  private List<RowImage> images(AsyncResultSet result, Map<List<ByteBuffer>, RowKey> asked) {
    List<RowImage> images = new ArrayList<>(asked.size());
    for (Row row : result.currentPage()) {
      List<ByteBuffer> bytes = new ArrayList<>(keyColumns);
      for (int i = 0; i < keyColumns; i++) {
        bytes.add(columns.mapping().keys().canonical(i, row.getBytesUnsafe(i)));
      }
      RowKey key = asked.remove(bytes);
      if (key != null) {
        images.add(new RowImage(key, columns, Optional.of(row)));
      }
    }
    for (RowKey absent : asked.values()) {
      images.add(new RowImage(absent, columns, Optional.empty()));
    }
    return images;
  }
}
