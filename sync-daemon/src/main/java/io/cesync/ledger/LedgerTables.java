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
 * The tables of a {@link Ledger}: the entries by document id, and their places by sequence number.
 * Thread-safe; one id's entry is for one thing at a time to write. Requests go out at once, at the
 * session's consistency; how many are under way is the caller's to bound. Stages fail as the
 * driver's do; whatever failed can be done again.
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
final class LedgerTables {

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

  /** Prepares the statements. Waits for Cassandra. See {@link Ledger} for the parameters. */
  LedgerTables(
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

  /** The entries of these documents, by id; those that have none are left out. */
  CompletionStage<Map<String, LedgerEntry>> get(Collection<String> ids) {
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

  /** Another entry is known, and what is remembered of the table's isn't needed any more. */
  void superseded(String id) {
    cache.writing(id);
  }

  /**
   * An entry to write.
   *
   * @param before where the one is that it takes the place of; null if there is none
   */
  record Change(EncodedEntry entry, Place before) {}

  /** Writes entries of different documents. */
  CompletionStage<Void> put(List<Change> changes) {
    List<EncodedEntry> reached = new ArrayList<>();
    List<Left> leaving = new ArrayList<>();
    List<EncodedEntry> entries = new ArrayList<>(changes.size());
    for (Change change : changes) {
      EncodedEntry entry = change.entry;
      entries.add(entry);
      if (!entry.place().equals(change.before)) {
        if (keepsPlaces) {
          reached.add(entry);
        }
        if (change.before != null && isKept(change.before)) {
          leaving.add(Left.of(change.before, entry.id()));
        }
      }
    }
    return reach(reached).thenCompose(done -> all(List.of(entries(entries), leave(leaving))));
  }

  /** One of another time may be though none are now. */
  private boolean isKept(Place place) {
    return keepsPlaces || place.shard() != Place.UNKNOWN_SHARD;
  }

  /** Deletes entries, by id, which are at these places. */
  CompletionStage<Void> remove(Map<String, Place> entries) {
    List<CompletionStage<?>> requests = new ArrayList<>();
    for (List<String> group : groups(entries.keySet())) {
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
    List<Left> leaving = new ArrayList<>();
    entries.forEach(
        (id, place) -> {
          if (isKept(place)) {
            leaving.add(Left.of(place, id));
          }
        });
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
                        .map(each -> new Ledger.Numbered(each.place().seqNo(), each.id()))
                        .toList())));
  }

  /** See {@link Ledger#hold}. */
  void hold() {
    left.hold();
  }

  /** See {@link Ledger#held}. */
  long[] held(String era, int shard, int most) {
    return left.numbers(era, shard, most);
  }

  /** See {@link Ledger#release}. */
  CompletionStage<Void> release() {
    return deletePlaces(left.release());
  }

  /** See {@link Ledger#forget}. */
  CompletionStage<Void> forget(Place place, String id) {
    return deletePlaces(List.of(Left.of(place, id)));
  }

  /** See {@link Ledger#count}. */
  CompletionStage<Long> count(String era, int shard, long from, long to) {
    return count(era, shard, from, to, 0);
  }

  private CompletionStage<Long> count(String era, int shard, long from, long to, long before) {
    long sum = before;
    long next = from;
    List<CompletableFuture<Long>> asked = new ArrayList<>();
    while (next <= to && asked.size() < MOST_COUNTS) {
      long end = Math.min(to, last(next));
      Bucket bucket = new Bucket(era, shard, Ledger.bucket(next));
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
    return from == Ledger.bucket(from) * Ledger.BUCKET && to == last(from);
  }

  /** See {@link Ledger#range}. */
  CompletionStage<List<Ledger.Numbered>> range(
      String era, int shard, long from, long to, int limit) {
    return range(era, shard, from, to, limit, new ArrayList<>());
  }

  private CompletionStage<List<Ledger.Numbered>> range(
      String era, int shard, long from, long to, int limit, List<Ledger.Numbered> found) {
    long start = from;
    while (start <= to && isEmpty(new Bucket(era, shard, Ledger.bucket(start)))) {
      start = last(start) + 1;
    }
    int more = limit - found.size();
    if (start > to || more < 1) {
      return CompletableFuture.completedFuture(found);
    }
    long first = start;
    long end = Math.min(to, last(start));
    Bucket bucket = new Bucket(era, shard, Ledger.bucket(start));
    long reading = counts.reading(bucket);
    return session
        .executeAsync(statements.range(era, shard, bucket.number(), first, end, more))
        .thenCompose(
            result -> {
              int before = found.size();
              for (Row row : result.currentPage()) {
                found.add(new Ledger.Numbered(row.getLong(0), row.getString(1)));
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
    return Ledger.bucket(seqNo) * Ledger.BUCKET + Ledger.BUCKET - 1;
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
  private CompletionStage<Void> entries(List<EncodedEntry> entries) {
    List<CompletionStage<?>> requests = new ArrayList<>();
    for (List<EncodedEntry> group :
        StatementGroups.split(
            entries,
            entry -> replicas.of(() -> statements.select(List.of(entry.id()))),
            LedgerTables::size,
            StatementGroups.BATCH_PARTITIONS,
            StatementGroups.BATCH_BYTES)) {
      int[] writing = group.stream().mapToInt(entry -> cache.writing(entry.id())).toArray();
      requests.add(
          batch(group.stream().map(e -> statements.insert(e.id(), e.bytes())).toList())
              .thenAccept(
                  done -> {
                    for (int i = 0; i < writing.length; i++) {
                      EncodedEntry entry = group.get(i);
                      cache.is(entry.id(), writing[i], Optional.of(entry.bytes()));
                    }
                  }));
    }
    return all(requests);
  }

  /** As Cassandra measures a batch, about. */
  private static int size(EncodedEntry entry) {
    return 60 + entry.id().length() + entry.bytes().length;
  }

  /** Writes the places of entries. */
  private CompletionStage<Void> reach(List<EncodedEntry> entries) {
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
    return new Bucket(place.era(), place.shard(), Ledger.bucket(place.seqNo()));
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

  static CompletionStage<Void> all(List<? extends CompletionStage<?>> requests) {
    return CompletableFuture.allOf(
        requests.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new));
  }
}
