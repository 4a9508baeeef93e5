package io.cesync.sync;

import io.cesync.document.LedgerNumbers;
import io.cesync.document.SeqNoRange;
import io.cesync.ledger.Ledger;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ledger of one table as far as it is of the index that it has now. Thread-safe.
 *
 * @param era other eras' entries are of other contents; see {@link IndexStart}
 * @param seesDeletes whether what is gone from the index is looked for
 * @param completeTo µs since 1970: until when all that happened to the index's documents is in it,
 *     so that one without an entry is newer; {@link Long#MIN_VALUE} as long as not all have been
 *     looked at once
 */
record TableLedger(Ledger ledger, String era, boolean seesDeletes, AtomicLong completeTo)
    implements LedgerNumbers {

  /** More of them in a range than a search ever asks for. */
  static final int MOST = 10_000;

  boolean isComplete() {
    return completeTo.get() != Long.MIN_VALUE;
  }

  /** µs since 1970: a document that is gone now was there then; or {@link Long#MIN_VALUE}. */
  long existedTo() {
    return seesDeletes ? completeTo.get() : Long.MIN_VALUE;
  }

  CompletionStage<Map<String, LedgerEntry>> get(Collection<String> ids) {
    return ledger.get(ids);
  }

  /**
   * Writes an entry.
   *
   * @param before the one that was read, if there was one
   */
  CompletionStage<Void> put(Optional<LedgerEntry> before, LedgerEntry entry) {
    return ledger.put(List.of(new Ledger.Put(entry, before)));
  }

  CompletionStage<Void> remove(LedgerEntry entry) {
    return ledger.remove(List.of(entry));
  }

  /** Where a document is in this index. */
  Place place(int shard, long seqNo, long primaryTerm) {
    return new Place(era, shard, seqNo, primaryTerm);
  }

  @Override
  public CompletionStage<long[]> count(int shard, List<SeqNoRange> ranges) {
    List<CompletableFuture<Long>> counts = new ArrayList<>(ranges.size());
    for (SeqNoRange range : ranges) {
      counts.add(ledger.count(era, shard, range.from(), range.to()).toCompletableFuture());
    }
    return CompletableFuture.allOf(counts.toArray(CompletableFuture[]::new))
        .thenApply(done -> counts.stream().mapToLong(CompletableFuture::join).toArray());
  }

  @Override
  public CompletionStage<List<LedgerNumbers.Entry>> list(int shard, SeqNoRange range) {
    return ledger
        .range(era, shard, range.from(), range.to(), MOST)
        .thenCompose(
            numbered ->
                ledger
                    .get(numbered.stream().map(Ledger.Numbered::id).toList())
                    .thenApply(entries -> withRouting(numbered, entries)));
  }

  private static List<LedgerNumbers.Entry> withRouting(
      List<Ledger.Numbered> numbered, Map<String, LedgerEntry> entries) {
    List<LedgerNumbers.Entry> found = new ArrayList<>(numbered.size());
    for (Ledger.Numbered each : numbered) {
      LedgerEntry entry = entries.get(each.id());
      found.add(
          new LedgerNumbers.Entry(each.id(), entry == null ? null : entry.routing(), each.seqNo()));
    }
    return found;
  }
}
