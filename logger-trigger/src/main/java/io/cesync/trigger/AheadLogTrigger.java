package io.cesync.trigger;

import java.util.Collection;
import org.apache.cassandra.db.Mutation;
import org.apache.cassandra.db.partitions.Partition;
import org.apache.cassandra.triggers.ITrigger;

/**
 * Logs every mutation of its table to {@code logger.log} by writing the entries at LOCAL_QUORUM
 * before the mutation itself is applied. Faster than {@link LogTrigger}; an entry may then stand
 * for a write that failed, which is harmless since readers of the log look at the row.
 *
 * <p>Errors and threads: as in {@link LogTrigger}.
 */
public final class AheadLogTrigger implements ITrigger {
  private final ChangeLog log = ChangeLog.onThisNode();

  @Override
  public Collection<Mutation> augment(Partition update) {
    return log.augment(update, ChangeLog.Delivery.AHEAD);
  }
}
