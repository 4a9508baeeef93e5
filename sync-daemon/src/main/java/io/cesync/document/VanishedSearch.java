package io.cesync.document;

import static java.util.stream.Collectors.toList;

import io.cesync.document.Bisection.Gap;
import io.cesync.document.DocumentReader.Found;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Missing;
import io.cesync.document.DocumentReader.Unreadable;
import io.cesync.document.DocumentReader.Wanted;
import io.cesync.document.LedgerNumbers.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Finds the documents that were deleted from an index: the server tells of no delete, but where a
 * document was its sequence number is missing. Of those whose numbers are missing, the document is
 * asked for itself, since most often it was only written again.
 *
 * <p>All that was deleted before a search is found by it, though others are written meanwhile: the
 * ledger holds what they leave, and then the index is refreshed. So what it shows no more is either
 * gone or among what was left. Thread-safe; stages fail if a request or the ledger does.
 */
public final class VanishedSearch {

  private final SearchClient client;
  private final StatsReader stats;
  private final Indices indices;
  private final Dialect dialect;
  private final LedgerNumbers ledger;

  /**
   * @param index or an alias of one index
   */
  public VanishedSearch(
      SearchClient client, String index, ServerVersion server, LedgerNumbers ledger) {
    this.client = client;
    this.stats = new StatsReader(client, index);
    this.indices = new Indices(client);
    this.dialect = new Dialect(server);
    this.ledger = ledger;
  }

  /**
   * Searches some shards.
   *
   * @param positions as far as the tail has come and the ledger is complete; nothing is said of
   *     documents beyond
   * @param most deletes to be found; if there are more the search ends early
   */
  public CompletionStage<Vanished> find(Collection<ShardPosition> positions, long most) {
    LedgerNumbers.Hold hold = ledger.hold();
    return stats
        .read()
        .thenCompose(
            now ->
                // The index itself: an alias could stand for another one by now.
                indices
                    .refresh(now.index())
                    .thenCompose(done -> new Search(now, hold, positions, most).find()))
        .handle((found, failure) -> hold.end().thenCompose(done -> ended(found, failure)))
        .thenCompose(ended -> ended);
  }

  private static CompletionStage<Vanished> ended(Vanished found, Throwable failure) {
    return failure == null
        ? CompletableFuture.completedFuture(found)
        : CompletableFuture.failedFuture(failure);
  }

  /** One shard's part of a search. */
  private record Part(ShardPosition position, ShardNumbers numbers, Gap whole) {}

  private final class Search {
    private final IndexStats before;
    private final LedgerNumbers.Hold hold;
    private final Collection<ShardPosition> positions;
    private final long most;
    private final DocumentReader reader;
    private final List<Entry> deleted = new ArrayList<>();
    private long overwritten;
    private long undecided;

    Search(
        IndexStats before,
        LedgerNumbers.Hold hold,
        Collection<ShardPosition> positions,
        long most) {
      this.before = before;
      this.hold = hold;
      this.positions = positions;
      this.most = most;
      this.reader = new DocumentReader(client, before.index(), dialect);
    }

    CompletionStage<Vanished> find() {
      Optional<Vanished> other = otherThan(before);
      if (other.isPresent()) {
        return CompletableFuture.completedFuture(other.get());
      }
      List<Part> parts = new ArrayList<>();
      Iterator<ShardPosition> each = positions.iterator();
      return AsyncLoop.whileTrue(() -> countNext(each, parts))
          .thenCompose(done -> searchAll(parts))
          .thenCompose(this::confirmed);
    }

    private Optional<Vanished> otherThan(IndexStats stats) {
      for (ShardPosition position : positions) {
        Continuity continuity = stats.continuity(position);
        if (continuity != Continuity.GOES_ON) {
          return Optional.of(new Vanished.OtherIndex(position.shard(), continuity));
        }
      }
      return Optional.empty();
    }

    /**
     * Had the index been replaced meanwhile, all of its documents would seem deleted. An index that
     * is the same afterwards was it all the time: no uuid comes again.
     */
    private CompletionStage<Vanished> confirmed(Vanished found) {
      if (found instanceof Vanished.Deleted none && none.documents().isEmpty()) {
        return CompletableFuture.completedFuture(found);
      }
      return stats.read().thenApply(after -> otherThan(after).orElse(found));
    }

    private CompletionStage<Boolean> countNext(Iterator<ShardPosition> each, List<Part> parts) {
      if (!each.hasNext()) {
        return CompletableFuture.completedFuture(false);
      }
      ShardPosition position = each.next();
      int shard = position.shard();
      long upTo = Math.min(position.seqNo(), before.shards().get(shard).globalCheckpoint());
      if (upTo < 0) {
        return CompletableFuture.completedFuture(true);
      }
      ShardNumbers numbers = new ShardNumbers(client, dialect, before.index(), shard);
      SeqNoRange all = new SeqNoRange(0, upTo);
      return known(shard, List.of(all))
          .thenCombine(
              numbers.count(List.of(all), hold.left(shard)),
              (known, there) -> {
                parts.add(new Part(position, numbers, new Gap(all, known[0], there[0])));
                return true;
              });
    }

    private CompletionStage<Vanished> searchAll(List<Part> parts) {
      long missing = parts.stream().mapToLong(part -> Math.max(0, part.whole.missing())).sum();
      Iterator<Part> each = parts.iterator();
      return AsyncLoop.whileTrue(() -> searchNext(each))
          .thenApply(
              done ->
                  deleted.size() > most
                      ? new Vanished.TooMany(deleted.size(), missing)
                      : new Vanished.Deleted(List.copyOf(deleted), overwritten, undecided));
    }

    private CompletionStage<Boolean> searchNext(Iterator<Part> each) {
      if (!each.hasNext() || deleted.size() > most) {
        return CompletableFuture.completedFuture(false);
      }
      Part part = each.next();
      int shard = part.position.shard();
      return new Bisection(
              ranges -> known(shard, ranges),
              ranges -> part.numbers.count(ranges, hold.left(shard)),
              gaps -> lookAt(shard, part.numbers, gaps))
          .run(part.whole)
          .thenApply(done -> true);
    }

    /** How many the ledger has, without those that were left when it was asked. */
    private CompletionStage<long[]> known(int shard, List<SeqNoRange> ranges) {
      long[] left = hold.left(shard);
      Arrays.sort(left);
      return ledger
          .count(shard, ranges)
          .thenApply(
              counts -> {
                for (int i = 0; i < counts.length; i++) {
                  counts[i] -= ranges.get(i).count(left);
                }
                return counts;
              });
    }

    private CompletionStage<Boolean> lookAt(int shard, ShardNumbers numbers, List<Gap> gaps) {
      List<SeqNoRange> ranges = gaps.stream().map(Gap::range).sorted(SeqNoRange.ASCENDING).toList();
      int there = gaps.stream().mapToInt(gap -> Math.toIntExact(gap.found())).sum();
      long[] left = hold.left(shard);
      Set<Long> leftNumbers = Arrays.stream(left).boxed().collect(Collectors.toSet());
      CompletableFuture<List<Entry>> known =
          listed(shard, ranges)
              .thenApply(
                  all -> all.stream().filter(e -> !leftNumbers.contains(e.seqNo())).toList());
      // The index first asked for counts can only have lost some of them since.
      return known
          .thenCombine(numbers.list(ranges, left, there + 1), VanishedSearch::without)
          .thenCompose(ledger::routed)
          .thenCompose(this::decide);
    }

    private CompletableFuture<List<Entry>> listed(int shard, List<SeqNoRange> ranges) {
      List<CompletableFuture<List<Entry>>> lists =
          ranges.stream().map(range -> ledger.list(shard, range).toCompletableFuture()).toList();
      return CompletableFuture.allOf(lists.toArray(CompletableFuture<?>[]::new))
          .thenApply(done -> lists.stream().flatMap(list -> list.join().stream()).toList());
    }

    private CompletionStage<Boolean> decide(List<Entry> candidates) {
      List<Wanted> wanted =
          candidates.stream().map(entry -> new Wanted(entry.id(), entry.routing())).toList();
      return reader
          .readNumbers(wanted)
          .thenCompose(
              looks -> {
                List<Entry> stale = new ArrayList<>();
                for (int i = 0; i < looks.size(); i++) {
                  decide(candidates.get(i), looks.get(i), stale);
                }
                return forget(stale);
              })
          .thenApply(done -> deleted.size() <= most);
    }

    private void decide(Entry entry, Look look, List<Entry> stale) {
      if (look instanceof Missing) {
        deleted.add(entry);
      } else if (look instanceof Unreadable) {
        // It is there, or nobody can tell without the routing that went with its entry.
        stale.add(entry);
      } else if (!(look instanceof Found found)) {
        undecided++;
      } else if (found.document().seqNo() != entry.seqNo()) {
        overwritten++;
        if (isReached(entry.shard(), found.document().seqNo())) {
          stale.add(entry);
        }
      }
    }

    /** Whether the ledger has it there, and the other number was left behind, by a crash say. */
    private boolean isReached(int shard, long seqNo) {
      return positions.stream().anyMatch(p -> p.shard() == shard && seqNo <= p.seqNo());
    }

    private CompletionStage<Void> forget(List<Entry> stale) {
      return CompletableFuture.allOf(
          stale.stream()
              .map(entry -> ledger.forget(entry).toCompletableFuture())
              .toArray(CompletableFuture<?>[]::new));
    }
  }

  /**
   * Those whose numbers aren't there. In a shrunk index several have the same: then all of them, if
   * it is there less often.
   *
   * @param numbers of the documents that are there
   */
  static List<Entry> without(List<Entry> known, long[] numbers) {
    Map<Long, Long> there =
        Arrays.stream(numbers)
            .boxed()
            .collect(Collectors.groupingBy(n -> n, Collectors.counting()));
    Map<Long, List<Entry>> expected =
        known.stream().collect(Collectors.groupingBy(Entry::seqNo, TreeMap::new, toList()));
    List<Entry> missing = new ArrayList<>();
    expected.forEach(
        (number, entries) -> {
          if (entries.size() > there.getOrDefault(number, 0L)) {
            missing.addAll(entries);
          }
        });
    return missing;
  }
}
