package io.cesync.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A ledger of a test: what the tail has shown last of each document. */
final class MemoryLedger implements LedgerNumbers {

  private final Map<Integer, TreeMap<Long, List<Entry>>> shards = new HashMap<>();
  private final Map<String, Entry> byId = new HashMap<>();

  /** What happens just before it tells a count. */
  Runnable beforeCount = () -> {};

  /** What documents have left while that is held; null if it isn't. */
  private List<Entry> held;

  /** How often it was asked for counts. */
  int counted;

  void put(int shard, StoredDocument document) {
    Entry entry = new Entry(document.id(), document.routing(), shard, document.seqNo());
    Entry before = byId.put(document.id(), entry);
    TreeMap<Long, List<Entry>> numbers = shards.computeIfAbsent(shard, any -> new TreeMap<>());
    if (before != null && held != null) {
      held.add(before);
    } else if (before != null) {
      numbers.get(before.seqNo()).remove(before);
    }
    numbers.computeIfAbsent(document.seqNo(), any -> new ArrayList<>()).add(entry);
  }

  /** A document that was left behind where another one is. */
  void stale(String id, Entry at) {
    shards.get(at.shard()).get(at.seqNo()).add(new Entry(id, null, at.shard(), at.seqNo()));
  }

  Map<String, Entry> byId() {
    return byId;
  }

  @Override
  public CompletionStage<long[]> count(int shard, List<SeqNoRange> ranges) {
    counted++;
    // Not on this thread: it may be the client's.
    return CompletableFuture.runAsync(beforeCount)
        .thenApply(
            done -> ranges.stream().mapToLong(range -> entries(shard, range).size()).toArray());
  }

  @Override
  public CompletionStage<List<Entry>> list(int shard, SeqNoRange range) {
    return CompletableFuture.completedFuture(
        entries(shard, range).stream()
            .map(entry -> new Entry(entry.id(), null, shard, entry.seqNo()))
            .toList());
  }

  @Override
  public CompletionStage<List<Entry>> routed(List<Entry> entries) {
    return CompletableFuture.completedFuture(
        entries.stream()
            .map(
                entry ->
                    new Entry(
                        entry.id(), byId.get(entry.id()).routing(), entry.shard(), entry.seqNo()))
            .toList());
  }

  @Override
  public Hold hold() {
    held = new ArrayList<>();
    return new Hold() {
      @Override
      public long[] left(int shard) {
        return held.stream().filter(e -> e.shard() == shard).mapToLong(Entry::seqNo).toArray();
      }

      @Override
      public CompletionStage<Void> end() {
        held.forEach(MemoryLedger.this::forget);
        held = null;
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  @Override
  public CompletionStage<Void> forget(Entry stale) {
    shards.get(stale.shard()).get(stale.seqNo()).removeIf(e -> e.id().equals(stale.id()));
    return CompletableFuture.completedFuture(null);
  }

  private List<Entry> entries(int shard, SeqNoRange range) {
    return shards
        .getOrDefault(shard, new TreeMap<>())
        .subMap(range.from(), true, range.to(), true)
        .values()
        .stream()
        .flatMap(List::stream)
        .toList();
  }
}
