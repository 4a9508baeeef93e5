package io.cesync.sync;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine shows of itself besides its state. Immutable.
 *
 * @param cassandra whether it answers
 * @param search whether it answers
 * @param queuedBytes of documents that wait for a bulk
 * @param streams of the tables that it syncs
 */
public record Vitals(
    boolean cassandra,
    boolean search,
    long queuedBytes,
    Map<TableName, Map<Direction, Stream>> streams) {

  public Vitals {
    streams = Map.copyOf(streams);
  }

  /**
   * One table in one direction.
   *
   * @param readTo until when changes are known, on their way or done; empty before the first look
   * @param pending changed keys in memory, those included that are only looked at once more;
   *     towards Cassandra, documents that were found and are not in the table yet
   * @param inFlight those of them that are being read or written
   * @param finished what was done since the start, whether that needed a write or not: keys, and
   *     pages of what has many
   * @param oldest when the oldest change was made that was not brought over; empty if there is
   *     none, or it can't be told of a single one
   * @param takes whether the index takes writes, as far as is known
   */
  public record Stream(
      Optional<Instant> readTo,
      int pending,
      int inFlight,
      long finished,
      Optional<Instant> oldest,
      boolean takes) {}
}
