package io.cesync.trigger;

import java.util.Collection;
import org.apache.cassandra.db.Mutation;
import org.apache.cassandra.db.partitions.Partition;
import org.apache.cassandra.triggers.ITrigger;

/**
 * Logs every mutation of its table to {@code logger.log}, atomically with it: Cassandra applies the
 * mutation and its log entries as one logged batch, at the client's consistency level. Lightweight
 * transactions and counter updates, where Cassandra allows no such batch, are logged as {@link
 * AheadLogTrigger} does.
 *
 * <p>If the entries cannot be written, the client's write fails: with Cassandra's own error
 * (Unavailable, WriteTimeout) where it has one, otherwise with InvalidRequest and a text that says
 * what to do. Thread-safe: Cassandra makes one instance per node.
 */
public final class LogTrigger implements ITrigger {
  private final ChangeLog log = ChangeLog.onThisNode();

  @Override
  public Collection<Mutation> augment(Partition update) {
    return log.augment(update, ChangeLog.Delivery.ATOMIC);
  }
}
