package io.cesync.trigger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.cassandra.db.DeletionInfo;
import org.apache.cassandra.db.RangeTombstone;
import org.apache.cassandra.db.partitions.PartitionUpdate;
import org.apache.cassandra.db.rows.Row;

/**
 * Works out the entries of a mutation of one partition. No I/O and no clock.
 *
 * <p>The order is that in which the changes take effect: deletions of many rows, then the static
 * row, then rows.
 */
final class MutationEntries {
  /** More rows than that become one entry for the partition. */
  static final int MAX_ROWS = 100;

  /**
   * So do keys of more bytes than that: the log's mutation has to stay below {@code
   * max_mutation_size}.
   */
  static final int MAX_KEY_BYTES = 1 << 20;

  private final LoggedTable table;
  private final KeyJson keys;
  private final boolean timestampsKnown;
  private final List<Entry> entries = new ArrayList<>(2);
  private final Timers folded = new Timers();
  private int rows;
  private int keyBytes;

  private MutationEntries(LoggedTable table, KeyJson keys, boolean timestampsKnown) {
    this.table = table;
    this.keys = keys;
    this.timestampsKnown = timestampsKnown;
  }

  /**
   * @param timestampsKnown false if those in the update are not the final ones, so that entries
   *     must not tell them
   */
  static List<Entry> of(PartitionUpdate update, LoggedTable table, boolean timestampsKnown) {
    KeyJson keys = new KeyJson(table.key, update.partitionKey().getKey());
    MutationEntries entries = new MutationEntries(table, keys, timestampsKnown);
    entries.deletions(update.deletionInfo());
    entries.staticRow(update.staticRow());
    entries.rows(update.iterator());
    return entries.entries;
  }

  private void deletions(DeletionInfo deletions) {
    if (!deletions.getPartitionDeletion().isLive()) {
      long time = deletions.getPartitionDeletion().markedForDeleteAt();
      entries.add(Entry.of(Operation.DELETE_PARTITION, keys.partition(), writeTime(time)));
    }
    if (deletions.hasRanges()) {
      long time = Long.MIN_VALUE;
      Iterator<RangeTombstone> ranges = deletions.rangeIterator(false);
      while (ranges.hasNext()) {
        time = Math.max(time, ranges.next().deletionTime().markedForDeleteAt());
      }
      entries.add(Entry.of(Operation.DELETE_RANGE, keys.partition(), writeTime(time)));
    }
  }

  private void staticRow(Row row) {
    if (!row.isEmpty()) {
      Operation operation = table.staticCompact ? Operation.UPDATE : Operation.STATIC;
      add(operation, keys.partition(), RowChanges.of(row, table));
    }
  }

  private void rows(Iterator<Row> all) {
    int firstRowEntry = entries.size();
    long newest = Long.MIN_VALUE;
    boolean folding = false;
    while (all.hasNext()) {
      Row row = all.next();
      if (row.isEmpty()) {
        continue; // an UPDATE of nothing but unset values
      }
      RowChanges changes = RowChanges.of(row, table);
      newest =
          Math.max(newest, Math.max(changes.writeTime, row.deletion().time().markedForDeleteAt()));
      changes.timers.addTo(folded);
      rows++;
      if (!folding) {
        row(row, changes);
        folding = rows > MAX_ROWS || keyBytes > MAX_KEY_BYTES;
      }
    }
    if (folding) {
      entries.subList(firstRowEntry, entries.size()).clear();
      ByteBuffer key = keys.partition();
      entries.add(Entry.of(Operation.UPDATE_PARTITION, key, writeTime(newest)));
      expiries(key, folded);
    }
  }

  /**
   * A row that a batch deletes and then writes again has two entries: the new columns are not all
   * that changed.
   */
  private void row(Row row, RowChanges changes) {
    ByteBuffer key = keys.row(row.clustering());
    keyBytes += key.remaining();
    if (!row.deletion().isLive()) {
      long time = row.deletion().time().markedForDeleteAt();
      entries.add(Entry.of(Operation.DELETE, key, writeTime(time)));
    }
    if (table.dense && changes.deletesTheOnlyValue()) {
      entries.add(Entry.of(Operation.DELETE, key, writeTime(changes.writeTime)));
    } else if (changes.isInsert) {
      add(Operation.INSERT, key, changes);
    } else if (changes.hasData) {
      add(Operation.UPDATE, key, changes);
    }
  }

  private void add(Operation operation, ByteBuffer key, RowChanges changes) {
    entries.add(
        Entry.ofColumns(
            operation,
            key,
            changes.updatedColumns(),
            changes.nulledColumns(),
            writeTime(changes.writeTime)));
    expiries(key, changes.timers);
  }

  private void expiries(ByteBuffer key, Timers timers) {
    for (int ttl : timers.ttls()) {
      entries.add(Entry.expire(key, ttl));
    }
  }

  private long writeTime(long timestamp) {
    return timestampsKnown ? timestamp : Entry.NO_WRITE_TIME;
  }
}
