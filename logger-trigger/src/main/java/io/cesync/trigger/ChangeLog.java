package io.cesync.trigger;

import com.google.common.collect.MapMaker;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import org.apache.cassandra.db.Mutation;
import org.apache.cassandra.db.partitions.Partition;
import org.apache.cassandra.db.partitions.PartitionUpdate;
import org.apache.cassandra.exceptions.CassandraException;
import org.apache.cassandra.schema.TableMetadata;

/** What both triggers do. Thread-safe. */
final class ChangeLog {
  enum Delivery {
    ATOMIC,
    AHEAD
  }

  /** Shared by both triggers: the generator of ids must be one per process. */
  private static final ChangeLog INSTANCE =
      new ChangeLog(new CurrentLogTable(), new LogMutations(new TimeUuids()), new AheadWriter());

  private final CurrentLogTable logTable;
  private final LogMutations mutations;
  private final AheadWriter writer;

  /**
   * By identity, and weak: an ALTER brings new metadata, and the old goes with its last mutation.
   */
  private final ConcurrentMap<TableMetadata, LoggedTable> tables =
      new MapMaker().weakKeys().makeMap();

  private ChangeLog(CurrentLogTable logTable, LogMutations mutations, AheadWriter writer) {
    this.logTable = logTable;
    this.mutations = mutations;
    this.writer = writer;
  }

  static ChangeLog onThisNode() {
    return INSTANCE;
  }

  /**
   * Returns what Cassandra is to apply together with the update; empty if nothing or written
   * already.
   */
  List<Mutation> augment(Partition partition, Delivery delivery) {
    TableMetadata table = partition.metadata();
    try {
      return log((PartitionUpdate) partition, table, delivery);
    } catch (CassandraException e) {
      throw e; // reaches the client as it is
    } catch (RuntimeException | AssertionError | LinkageError e) {
      throw Refusals.unexpected(table, e);
    }
  }

  private List<Mutation> log(PartitionUpdate update, TableMetadata table, Delivery delivery) {
    if (table.keyspace.equals(LogLayout.KEYSPACE) && table.name.equals(LogLayout.TABLE)) {
      throw Refusals.triggerOnLog(table);
    }
    LogTable log = logTable.get(table);
    boolean plain = !table.isCounter() && WritePath.isPlainWrite();
    LoggedTable logged = loggedTable(table);
    List<Entry> entries = MutationEntries.of(update, logged, plain);
    if (entries.isEmpty()) {
      return Collections.emptyList();
    }
    List<Mutation> written = mutations.of(logged, update.partitionKey().getKey(), entries, log);
    if (plain && delivery == Delivery.ATOMIC) {
      return written;
    }
    writer.write(written);
    return Collections.emptyList();
  }

  private LoggedTable loggedTable(TableMetadata table) {
    LoggedTable known = tables.get(table);
    return known != null ? known : tables.computeIfAbsent(table, LoggedTable::new);
  }
}
