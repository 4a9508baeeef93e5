package io.cesync.sync;

import io.cesync.document.Continuity;
import io.cesync.document.ShardPosition;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How following an index begins: where it was left, or with a first look at all documents, since
 * what is known is of another index, or of other contents. Pure.
 *
 * <p>A first look begins an era of the ledger: entries of an earlier one don't count any more, for
 * a document that they have and the index hasn't may have gone with the contents, and nobody
 * deleted it.
 *
 * @param era of the ledger
 * @param positions by shard; empty for a first look
 * @param firstLook by shard that is in its first look, the number at which that ends
 * @param replaced why the table has to be copied into the index again; empty if it hasn't
 */
record IndexStart(
    String era,
    Map<Integer, ShardPosition> positions,
    Map<Integer, Long> firstLook,
    Optional<String> replaced) {

  /** Asks whether what is known of the shards still holds. */
  interface Breaks {
    Optional<Continuity> of(Map<Integer, ShardPosition> positions) throws IOException;
  }

  static IndexStart of(
      StreamState known, String tableId, String indexUuid, Breaks breaks, Supplier<String> newEra)
      throws IOException {
    Map<Integer, ShardPosition> positions = positions(known);
    boolean same =
        known.ledgerEra().isPresent()
            && known.tableId().filter(tableId::equals).isPresent()
            && known.indexUuid().filter(indexUuid::equals).isPresent();
    if (!same) {
      return new IndexStart(newEra.get(), Map.of(), Map.of(), Optional.empty());
    }
    Optional<Continuity> broken = breaks.of(positions);
    return broken.isPresent()
        ? new IndexStart(newEra.get(), Map.of(), Map.of(), broken.map(Continuity::reason))
        : new IndexStart(known.ledgerEra().get(), positions, firstLook(known), Optional.empty());
  }

  private static Map<Integer, Long> firstLook(StreamState known) {
    Map<Integer, Long> ends = new TreeMap<>();
    known
        .shards()
        .forEach((number, shard) -> shard.firstLookTo().ifPresent(to -> ends.put(number, to)));
    return ends;
  }

  private static Map<Integer, ShardPosition> positions(StreamState known) {
    Map<Integer, ShardPosition> positions = new TreeMap<>();
    known
        .shards()
        .forEach(
            (number, shard) ->
                positions.put(
                    number,
                    new ShardPosition(
                        shard.indexUuid(), number, shard.historyUuid(), shard.seqNo())));
    return positions;
  }
}
