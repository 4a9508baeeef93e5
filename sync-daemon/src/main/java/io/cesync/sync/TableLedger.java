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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The ledger of one table as far as it is of the index that it has now. Thread-safe.
 *
 * @param era other eras' entries are of other contents; see {@link IndexStart}
 * @param shards of the index
 * @param seesDeletes whether what is gone from the index is looked for
 * @param completeTo µs since 1970: until when all that happened to the index's documents is in it,
 *     so that one without an entry is newer; {@link Long#MIN_VALUE} as long as not all have been
 *     looked at once
 * @param firstLook where that ends, while it is under way
 * @param own numbers of cesync's own writes, if the index has one shard only
 */
record TableLedger(
    Ledger ledger,
    String era,
    int shards,
    boolean seesDeletes,
    AtomicLong completeTo,
    FirstLook firstLook,
    OwnNumbers own)
    implements LedgerNumbers {

  /** More of them in a range than a search ever asks for. */
  static final int MOST = 10_000;

  boolean isComplete() {
    return completeTo.get() != Long.MIN_VALUE;
  }

  /** Whether a document without an entry was surely written since this index is followed. */
  boolean isNew(Place document) {
    return isComplete() || firstLook.isBefore(document);
  }

  /** µs since 1970: a document that is gone now was there then; or {@link Long#MIN_VALUE}. */
  long existedTo() {
    return seesDeletes ? completeTo.get() : Long.MIN_VALUE;
  }

  CompletionStage<Map<String, LedgerEntry>> get(Collection<String> ids) {
    return ledger.get(ids);
  }

  /** Reads entries, and writes what becomes of them; see {@link Ledger#revise}. */
  CompletionStage<Void> revise(
      Collection<String> ids,
      Function<Map<String, LedgerEntry>, Collection<LedgerEntry>> revision) {
    return ledger.revise(ids, revision);
  }

  /** Writes entries of different documents. */
  CompletionStage<Void> put(Collection<Ledger.Put> puts) {
    return ledger.put(puts);
  }

  /** Has entries of different documents be written when there is little else to do. */
  void owe(Collection<Ledger.Owing> owings) {
    ledger.owe(owings);
  }

  CompletionStage<Void> remove(LedgerEntry entry) {
    return ledger.remove(List.of(entry));
  }

  /** Where a document is in this index. If that has one shard only, it is known at once. */
  Place place(int shard, long seqNo, long primaryTerm) {
    boolean isOnly = seesDeletes && shards == 1 && shard == Place.UNKNOWN_SHARD;
    return new Place(era, isOnly ? 0 : shard, seqNo, primaryTerm);
  }

  /** It has cesync's own write of this number, or nothing of the document that was deleted so. */
  void knows(long seqNo) {
    if (seesDeletes && shards == 1) {
      own.known(seqNo);
    }
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
        .thenApply(
            numbered ->
                numbered.stream()
                    .map(each -> new LedgerNumbers.Entry(each.id(), null, shard, each.seqNo()))
                    .toList());
  }

  @Override
  public CompletionStage<List<LedgerNumbers.Entry>> routed(List<LedgerNumbers.Entry> listed) {
    return ledger
        .get(listed.stream().map(LedgerNumbers.Entry::id).toList())
        .thenApply(entries -> listed.stream().map(each -> routed(each, entries)).toList());
  }

  private static LedgerNumbers.Entry routed(
      LedgerNumbers.Entry listed, Map<String, LedgerEntry> entries) {
    LedgerEntry entry = entries.get(listed.id());
    return entry == null
        ? listed
        : new LedgerNumbers.Entry(listed.id(), entry.routing(), listed.shard(), listed.seqNo());
  }

  @Override
  public Hold hold() {
    ledger.hold();
    return new Hold() {
      @Override
      public long[] left(int shard) {
        return ledger.held(era, shard, MOST);
      }

      @Override
      public CompletionStage<Void> end() {
        return ledger.release().exceptionally(failure -> null);
      }
    };
  }

  @Override
  public CompletionStage<Void> forget(LedgerNumbers.Entry stale) {
    Place place = new Place(era, stale.shard(), stale.seqNo(), 0);
    return ledger
        .get(List.of(stale.id()))
        .thenCompose(
            entries -> {
              LedgerEntry entry = entries.get(stale.id());
              return entry != null && isAt(entry.place(), place)
                  ? CompletableFuture.completedFuture(null)
                  : ledger.forget(place, stale.id());
            });
  }

  private static boolean isAt(Place one, Place other) {
    return one.era().equals(other.era())
        && one.shard() == other.shard()
        && one.seqNo() == other.seqNo();
  }
}
