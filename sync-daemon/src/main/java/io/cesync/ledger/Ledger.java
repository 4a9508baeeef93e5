package io.cesync.ledger;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cesync.connect.Replicas;
import io.cesync.connect.StatementGroups;
import io.cesync.ledger.BucketCounts.Bucket;
import io.cesync.ledger.LeftPlaces.Left;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One table's part of the ledger, in Cassandra: the entries by document id, and their places by
 * sequence number. Nobody else may write it meanwhile. Thread-safe; one key's entry is for one
 * thing at a time to write. Requests go out at once, at the session's consistency; how many are
 * under way is the caller's to bound. Stages fail as the driver's do; whatever failed can be done
 * again.
 *
 * <p>The two can't be written as one, so the order is such that after a crash there may be places
 * too many, never one too few, which would hide that a document is deleted:
 *
 * <ul>
 *   <li>{@link #put}: the new place first, then the entry, and with it the old place is removed.
 *       Between the two the entry still has the old place. The document's number isn't the entry's,
 *       so it is looked at, found equal to its row, and put again.
 *   <li>{@link #remove}: the entry first, for one that was left without a document would pass off a
 *       new document of that id as unchanged. Then the place.
 * </ul>
 *
 * <p>A place too many is found by counting, as if its document had been deleted. A realtime read of
 * the document, and the entry, then tell: if the document is there, or there is no entry, {@link
 * #forget} the place. (If there is an entry and no document, it was deleted, whichever place the
 * entry has.)
 */
public final class Ledger {

  /** Sequence numbers in a partition. A count reads one, tombstones of what moved on included. */
  private static final long BUCKET = 8192;

  private static final int MOST_PLACES = 100;

  /** Counts under way at a time. */
  private static final int MOST_COUNTS = 16;

  private final CqlSession session;
  private final LedgerStatements statements;
  private final Replicas replicas;
  private final BucketCounts counts = new BucketCounts();
  private final EntryCache cache;
  private final LeftPlaces left = new LeftPlaces();
  private final int groupSize;
  private final boolean keepsPlaces;

  /**
   * Prepares the statements. Waits for Cassandra.
   *
   * @param logKeyspace where the ledger is
   * @param groupSize ids in one request, at most
   * @param keepsPlaces whether documents are looked for by their places. If not, what is written
   *     has an unknown shard: should places be kept again, it is found to be without
   * @param cacheBytes of memory for entries that were read or written lately, about
   */
  public Ledger(
      CqlSession session,
      CqlIdentifier logKeyspace,
      String keyspace,
      String table,
      int groupSize,
      boolean keepsPlaces,
      long cacheBytes) {
    this.session = session;
    this.statements = new LedgerStatements(session, logKeyspace, keyspace, table);
    this.replicas = new Replicas(session, logKeyspace);
    this.groupSize = groupSize;
    this.keepsPlaces = keepsPlaces;
    this.cache = new EntryCache(cacheBytes);
  }

  /**
   * An entry to write.
   *
   * @param before the one that it takes the place of, as it was read; empty if there was none
   */
  public record Put(LedgerEntry entry, Optional<LedgerEntry> before) {}

  /** A document that stands at a sequence number. */
  public record Numbered(long seqNo, String id) {}

  /** Which partition of the places a sequence number is in: numbers of 8192 in a row share one. */
  public static long bucket(long seqNo) {
    return Math.floorDiv(seqNo, BUCKET);
  }

  /** The entries of these documents, by id; those that have none are left out. */
  public CompletionStage<Map<String, LedgerEntry>> get(Collection<String> ids) {
    Map<String, LedgerEntry> found = new ConcurrentHashMap<>();
    List<String> asked = new ArrayList<>();
    for (String id : ids) {
      Optional<LedgerEntry> known = cache.of(id);
      if (known == null) {
        asked.add(id);
      } else {
        known.ifPresent(entry -> found.put(id, entry));
      }
    }
    return all(groups(asked).stream().map(group -> read(group, found)).toList())
        .thenApply(done -> found);
  }

  private CompletionStage<?> read(List<String> group, Map<String, LedgerEntry> found) {
    int[] reading = group.stream().mapToInt(cache::reading).toArray();
    return session
        .executeAsync(statements.select(group))
        .thenAccept(
            result -> {
              Map<String, byte[]> bytes = new HashMap<>(group.size() * 2);
              for (Row row : result.currentPage()) {
                LedgerEntry entry = statements.entry(row);
                found.put(entry.id(), entry);
                bytes.put(entry.id(), LedgerStatements.bytes(row));
              }
              for (int i = 0; i < reading.length; i++) {
                String id = group.get(i);
                cache.is(id, reading[i], Optional.ofNullable(bytes.get(id)));
              }
            });
  }

  /** Writes entries of different documents. */
  public CompletionStage<Void> put(Collection<Put> puts) {
    List<LedgerEntry> reached = new ArrayList<>();
    List<Left> leaving = new ArrayList<>();
    List<LedgerEntry> entries = new ArrayList<>(puts.size());
    for (Put put : puts) {
      LedgerEntry entry = keepsPlaces ? put.entry : put.entry.at(put.entry.place().anywhere());
      entries.add(entry);
      if (put.before.filter(before -> before.place().equals(entry.place())).isEmpty()) {
        if (keepsPlaces) {
          reached.add(entry);
        }
        put.before
            .filter(this::hasPlace)
            .ifPresent(before -> leaving.add(Left.of(before.place(), before.id())));
      }
    }
    return reach(reached).thenCompose(done -> all(List.of(entries(entries), leave(leaving))));
  }

  /** One of another time may have one though none are kept now. */
  private boolean hasPlace(LedgerEntry entry) {
    return keepsPlaces || entry.place().shard() != Place.UNKNOWN_SHARD;
  }

  /** Deletes entries, which are as they were read. */
  public CompletionStage<Void> remove(Collection<LedgerEntry> entries) {
    List<CompletionStage<?>> requests = new ArrayList<>();
    for (List<String> group : groups(entries.stream().map(LedgerEntry::id).toList())) {
      int[] writing = group.stream().mapToInt(cache::writing).toArray();
      requests.add(
          session
              .executeAsync(statements.delete(group))
              .thenAccept(
                  done -> {
                    for (int i = 0; i < writing.length; i++) {
                      cache.is(group.get(i), writing[i], Optional.empty());
                    }
                  }));
    }
    List<Left> leaving =
        entries.stream().filter(this::hasPlace).map(e -> Left.of(e.place(), e.id())).toList();
    return all(requests).thenCompose(done -> leave(leaving));
  }

  /** Removes places, unless they are held. */
  private CompletionStage<Void> leave(List<Left> leaving) {
    return deletePlaces(leaving.stream().filter(each -> !left.keeps(each)).toList());
  }

  private CompletionStage<Void> deletePlaces(List<Left> places) {
    return places(
        places,
        each -> bucketOf(each.place()),
        (bucket, group) ->
            session.executeAsync(
                statements.deletePlaces(
                    bucket,
                    group.stream()
                        .map(each -> new Numbered(each.place().seqNo(), each.id()))
                        .toList())));
  }

  /**
   * Has places stay from now on, and be counted, that documents leave. To be ended by {@link
   * #release}, as often as it is called.
   */
  public void hold() {
    left.hold();
  }

  /** The sequence numbers of those that stay for that reason, those that were left first. */
  public long[] held(String era, int shard, int most) {
    return left.numbers(era, shard, most);
  }

  /**
   * Removes what was held, once nobody else holds it. Should that fail, there are places too many,
   * as after a crash.
   */
  public CompletionStage<Void> release() {
    return deletePlaces(left.release());
  }

  /** Removes a place that is one too many. Only its index, shard and number are looked at. */
  public CompletionStage<Void> forget(Place place, String id) {
    return deletePlaces(List.of(Left.of(place, id)));
  }

  /**
   * How many documents stand in a range of sequence numbers. Asks for a few {@link #bucket}s at a
   * time, and only for those that aren't known.
   *
   * @param from inclusive
   * @param to inclusive
   */
  public CompletionStage<Long> count(String era, int shard, long from, long to) {
    return count(era, shard, from, to, 0);
  }

  private CompletionStage<Long> count(String era, int shard, long from, long to, long before) {
    long sum = before;
    long next = from;
    List<CompletableFuture<Long>> asked = new ArrayList<>();
    while (next <= to && asked.size() < MOST_COUNTS) {
      long end = Math.min(to, last(next));
      Bucket bucket = new Bucket(era, shard, bucket(next));
      OptionalLong known = isWhole(next, end) ? counts.of(bucket) : OptionalLong.empty();
      if (known.isPresent()) {
        sum += known.getAsLong();
      } else {
        asked.add(ask(bucket, next, end).toCompletableFuture());
      }
      next = end + 1;
    }
    long known = sum;
    long rest = next;
    return asked.isEmpty()
        ? CompletableFuture.completedFuture(known)
        : all(asked)
            .thenCompose(
                done ->
                    count(
                        era,
                        shard,
                        rest,
                        to,
                        known + asked.stream().mapToLong(CompletableFuture::join).sum()));
  }

  private CompletionStage<Long> ask(Bucket bucket, long from, long to) {
    long reading = counts.reading(bucket);
    return session
        .executeAsync(statements.count(bucket.era(), bucket.shard(), bucket.number(), from, to))
        .thenApply(
            result -> {
              long count = result.one().getLong(0);
              if (isWhole(from, to)) {
                counts.read(bucket, reading, count);
              }
              return count;
            });
  }

  private static boolean isWhole(long from, long to) {
    return from == bucket(from) * BUCKET && to == last(from);
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
    return range(era, shard, from, to, limit, new ArrayList<>());
  }

  private CompletionStage<List<Numbered>> range(
      String era, int shard, long from, long to, int limit, List<Numbered> found) {
    long start = from;
    while (start <= to && isEmpty(new Bucket(era, shard, bucket(start)))) {
      start = last(start) + 1;
    }
    int more = limit - found.size();
    if (start > to || more < 1) {
      return CompletableFuture.completedFuture(found);
    }
    long first = start;
    long end = Math.min(to, last(start));
    Bucket bucket = new Bucket(era, shard, bucket(start));
    long reading = counts.reading(bucket);
    return session
        .executeAsync(statements.range(era, shard, bucket.number(), first, end, more))
        .thenCompose(
            result -> {
              int before = found.size();
              for (Row row : result.currentPage()) {
                found.add(new Numbered(row.getLong(0), row.getString(1)));
              }
              if (isWhole(first, end) && found.size() < limit) {
                counts.read(bucket, reading, found.size() - before);
              }
              return range(era, shard, end + 1, to, limit, found);
            });
  }

  private boolean isEmpty(Bucket bucket) {
    OptionalLong known = counts.of(bucket);
    return known.isPresent() && known.getAsLong() == 0;
  }

  /** The last number of a number's bucket. */
  private static long last(long seqNo) {
    return bucket(seqNo) * BUCKET + BUCKET - 1;
  }

  private List<List<String>> groups(Collection<String> ids) {
    return StatementGroups.split(
        ids.stream().distinct().toList(),
        id -> replicas.of(() -> statements.select(List.of(id))),
        id -> 1,
        groupSize,
        groupSize);
  }

  /** Entries of the same replicas together, as many as one batch may have. */
  private CompletionStage<Void> entries(List<LedgerEntry> entries) {
    List<CompletionStage<?>> requests = new ArrayList<>();
    for (List<LedgerEntry> group :
        StatementGroups.split(
            entries,
            entry -> replicas.of(() -> statements.select(List.of(entry.id()))),
            Ledger::size,
            StatementGroups.BATCH_PARTITIONS,
            StatementGroups.BATCH_BYTES)) {
      int[] writing = group.stream().mapToInt(entry -> cache.writing(entry.id())).toArray();
      List<byte[]> bytes = group.stream().map(EntryBytes::of).toList();
      List<BoundStatement> inserts = new ArrayList<>(group.size());
      for (int i = 0; i < writing.length; i++) {
        inserts.add(statements.insert(group.get(i).id(), bytes.get(i)));
      }
      requests.add(
          batch(inserts)
              .thenAccept(
                  done -> {
                    for (int i = 0; i < writing.length; i++) {
                      cache.is(group.get(i).id(), writing[i], Optional.of(bytes.get(i)));
                    }
                  }));
    }
    return all(requests);
  }

  /** As Cassandra measures a batch, about. */
  private static int size(LedgerEntry entry) {
    return 60 + entry.id().length() + EntryBytes.size(entry);
  }

  /** Writes the places of entries. */
  private CompletionStage<Void> reach(List<LedgerEntry> entries) {
    entries.forEach(entry -> left.reached(Left.of(entry.place(), entry.id())));
    return places(
        entries,
        entry -> bucketOf(entry.place()),
        (bucket, group) ->
            batch(
                group.stream()
                    .map(entry -> statements.insertPlace(entry.place(), entry.id()))
                    .toList()));
  }

  private static Bucket bucketOf(Place place) {
    return new Bucket(place.era(), place.shard(), bucket(place.seqNo()));
  }

  /** Places of one partition are one mutation to Cassandra, however many. */
  private <T> CompletionStage<Void> places(
      List<T> all,
      Function<T, Bucket> bucketOf,
      BiFunction<Bucket, List<T>, CompletionStage<AsyncResultSet>> write) {
    List<CompletionStage<?>> requests = new ArrayList<>();
    for (List<T> group :
        StatementGroups.split(all, bucketOf::apply, each -> 1, MOST_PLACES, MOST_PLACES)) {
      Bucket bucket = bucketOf.apply(group.get(0));
      counts.writing(Set.of(bucket));
      requests.add(write.apply(bucket, group).thenAccept(done -> counts.written(Set.of(bucket))));
    }
    return all(requests);
  }

  private CompletionStage<AsyncResultSet> batch(List<BoundStatement> writes) {
    return session.executeAsync(
        writes.size() == 1
            ? writes.get(0)
            : BatchStatement.newInstance(BatchType.UNLOGGED).addAll(writes).setIdempotent(true));
  }

  private static CompletionStage<Void> all(List<? extends CompletionStage<?>> requests) {
    return CompletableFuture.allOf(
        requests.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new));
  }
}
