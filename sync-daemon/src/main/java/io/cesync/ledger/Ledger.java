package io.cesync.ledger;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.ledger.LedgerTables.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One table's part of the ledger, in Cassandra, and what it is still to get. Nobody else may write
 * it meanwhile. Thread-safe; one key's entry is for one thing at a time to write. How much is under
 * way is the caller's to bound. Stages fail as the driver's do; whatever failed can be done again.
 */
public final class Ledger implements Debts {

  /** Sequence numbers in a partition. A count reads one, tombstones of what moved on included. */
  static final long BUCKET = 8192;

  private final LedgerTables tables;
  private final OwedEntries owed;
  private final EntryBytes format = new EntryBytes();
  private final boolean keepsPlaces;

  /**
   * Prepares the statements. Waits for Cassandra.
   *
   * @param logKeyspace where the ledger is
   * @param groupSize ids in one request, at most
   * @param keepsPlaces whether documents are looked for by their places. If not, what is written
   *     has an unknown shard: should places be kept again, it is found to be without
   * @param cacheBytes of memory for entries that were read or written lately, about
   * @param written run each time after it was told of some that were owed that they are written
   */
  public Ledger(
      CqlSession session,
      CqlIdentifier logKeyspace,
      String keyspace,
      String table,
      int groupSize,
      boolean keepsPlaces,
      long cacheBytes,
      Runnable written) {
    this.tables =
        new LedgerTables(session, logKeyspace, keyspace, table, groupSize, keepsPlaces, cacheBytes);
    this.owed = new OwedEntries(tables::put, written);
    this.keepsPlaces = keepsPlaces;
  }

  /**
   * An entry to write.
   *
   * @param before the one that it takes the place of, as it was read; empty if there was none
   */
  public record Put(LedgerEntry entry, Optional<LedgerEntry> before) {}

  /**
   * An entry to write some time.
   *
   * @param written run once that is done, or needn't be done any more; from any thread
   */
  public record Owing(Put put, Runnable written) {}

  /** A document that stands at a sequence number. */
  public record Numbered(long seqNo, String id) {}

  /** Which partition of the places a sequence number is in: numbers of 8192 in a row share one. */
  public static long bucket(long seqNo) {
    return Math.floorDiv(seqNo, BUCKET);
  }

  /** The entries of these documents, by id; those that have none are left out. */
  public CompletionStage<Map<String, LedgerEntry>> get(Collection<String> ids) {
    Map<String, LedgerEntry> known = new HashMap<>();
    List<String> asked = new ArrayList<>(ids.size());
    for (String id : ids) {
      Optional<EncodedEntry> entry = owed.of(id);
      if (entry.isPresent()) {
        known.put(id, entry.get().decoded(format));
      } else {
        asked.add(id);
      }
    }
    return known.isEmpty()
        ? tables.get(ids)
        : tables
            .get(asked)
            .thenApply(
                found -> {
                  known.putAll(found);
                  return known;
                });
  }

  /**
   * Writes entries of different documents, whatever is owed of these: it is older than they are, as
   * nobody else writes their entries meanwhile.
   */
  public CompletionStage<Void> put(Collection<Put> puts) {
    return puts.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : owed.beside(
            puts.stream().map(put -> put.entry.id()).toList(), () -> putWhateverIsOwed(puts));
  }

  private CompletionStage<Void> putWhateverIsOwed(Collection<Put> puts) {
    List<Change> changes = new ArrayList<>(puts.size());
    List<CompletionStage<Void>> requests = new ArrayList<>(1);
    for (Put put : puts) {
      EncodedEntry entry = encoded(put.entry);
      Optional<CompletionStage<Void>> instead =
          owed.instead(
              entry.id(), entry.place(), before -> tables.put(List.of(new Change(entry, before))));
      if (instead.isPresent()) {
        requests.add(instead.get());
      } else {
        changes.add(new Change(entry, place(put.before)));
      }
    }
    requests.add(tables.put(changes));
    return LedgerTables.all(requests);
  }

  /**
   * Reads entries, and writes what becomes of them. Others may write these entries at the same
   * time: what they write is newer, and isn't touched.
   *
   * @param revision told of the entries by id, those that there are; answers the new ones, of these
   *     ids
   * @return completes when the ledger has them, but for entries that are owed still: these are owed
   *     as they are now
   */
  public CompletionStage<Void> revise(
      Collection<String> ids,
      Function<Map<String, LedgerEntry>, Collection<LedgerEntry>> revision) {
    OwedEntries.Watch watch = owed.watch(ids);
    return CompletableFuture.completedFuture(ids)
        .thenCompose(this::get)
        .thenCompose(
            entries -> {
              List<Change> changes = new ArrayList<>();
              for (LedgerEntry entry : revision.apply(entries)) {
                Place before = place(Optional.ofNullable(entries.get(entry.id())));
                changes.add(new Change(encoded(entry), before));
              }
              return owed.revise(changes, watch);
            })
        .whenComplete((done, failure) -> watch.close());
  }

  private EncodedEntry encoded(LedgerEntry entry) {
    return EncodedEntry.of(keepsPlaces ? entry : entry.at(entry.place().anywhere()));
  }

  private static Place place(Optional<LedgerEntry> entry) {
    return entry.map(LedgerEntry::place).orElse(null);
  }

  /** Deletes entries, which are as they were read. As for {@link #put}, what is owed is older. */
  public CompletionStage<Void> remove(Collection<LedgerEntry> entries) {
    return owed.beside(
        entries.stream().map(LedgerEntry::id).toList(), () -> removeWhateverIsOwed(entries));
  }

  private CompletionStage<Void> removeWhateverIsOwed(Collection<LedgerEntry> entries) {
    Map<String, Place> places = new HashMap<>();
    List<CompletionStage<Void>> requests = new ArrayList<>(1);
    for (LedgerEntry entry : entries) {
      String id = entry.id();
      Optional<CompletionStage<Void>> instead =
          owed.instead(
              id,
              null,
              before -> tables.remove(Map.of(id, before == null ? entry.place() : before)));
      if (instead.isPresent()) {
        requests.add(instead.get());
      } else {
        places.put(id, entry.place());
      }
    }
    requests.add(tables.remove(places));
    return LedgerTables.all(requests);
  }

  /**
   * Has entries of different documents be written some time. Until then they are in memory alone,
   * where {@link #get} finds them; {@link #count} and {@link #range} don't. Whoever is to find them
   * should the process end must have noted them before.
   */
  public void owe(Collection<Owing> owings) {
    for (Owing owing : owings) {
      tables.superseded(owing.put.entry.id());
      owed.add(encoded(owing.put.entry), place(owing.put.before), owing.written);
    }
  }

  @Override
  public int owed() {
    return owed.size();
  }

  @Override
  public long owedChars() {
    return owed.chars();
  }

  @Override
  public long owedBytes() {
    return owed.bytes();
  }

  @Override
  public CompletionStage<Void> writeOwed() {
    return owed.write();
  }

  @Override
  public CompletionStage<Void> flush() {
    return owed.flush();
  }

  @Override
  public CompletionStage<Void> stop() {
    return owed.stop();
  }

  /**
   * Has places stay from now on, and be counted, that documents leave. To be ended by {@link
   * #release}, as often as it is called.
   */
  public void hold() {
    tables.hold();
  }

  /** The sequence numbers of those that stay for that reason, those that were left first. */
  public long[] held(String era, int shard, int most) {
    return tables.held(era, shard, most);
  }

  /**
   * Removes what was held, once nobody else holds it. Should that fail, there are places too many,
   * as after a crash.
   */
  public CompletionStage<Void> release() {
    return tables.release();
  }

  /** Removes a place that is one too many. Only its index, shard and number are looked at. */
  public CompletionStage<Void> forget(Place place, String id) {
    return tables.forget(place, id);
  }

  /**
   * How many documents stand in a range of sequence numbers. Asks for a few {@link #bucket}s at a
   * time, and only for those that aren't known.
   *
   * @param from inclusive
   * @param to inclusive
   */
  public CompletionStage<Long> count(String era, int shard, long from, long to) {
    return tables.count(era, shard, from, to);
  }

  /**
   * The documents that stand in a range of sequence numbers, in ascending order. Asks one {@link
   * #bucket} after the other, but for those that are known to be empty.
   *
   * @param from inclusive. To go on where the limit cut it off, begin with the last number once
   *     more: several documents may have it
   * @param to inclusive
   * @param limit so many at most
   */
  public CompletionStage<List<Numbered>> range(
      String era, int shard, long from, long to, int limit) {
    return tables.range(era, shard, from, to, limit);
  }
}
