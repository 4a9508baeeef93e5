package io.cesync.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.document.DocumentAnswer.Item;
import io.cesync.snapshot.PageSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads what was written to an index, shard by shard in the order of the sequence numbers. Each
 * document comes as it is now, however often it was written; one that is gone doesn't come at all.
 *
 * <p>The order of the requests is what makes sure that nothing is missed: first the checkpoint is
 * asked for, below which no write is under way any more, then the index is refreshed, so that all
 * of them are found, and then documents up to that checkpoint are read. What is written meanwhile
 * gets a higher number. A checkpoint asked for after the refresh would cover writes that no search
 * finds yet.
 *
 * <p>Holds nothing but the size of a page, and has no thread of its own. Thread-safe. Stages fail
 * if a request does, or if not all of the index answers; see {@link SearchClient#isOurs}.
 */
public final class SeqNoTail {

  /** Servers give no more at a time than 10,000, some of which may have been given before. */
  private static final int MOST = 8_000;

  private static final Passing ALL =
      new Passing() {
        @Override
        public CompletionStage<Void> ready() {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public long highest() {
          return -1;
        }

        @Override
        public SeqNoRange left(SeqNoRange numbers) {
          return numbers;
        }
      };

  private final SearchClient client;
  private final Indices indices;
  private final StatsReader stats;
  private final Dialect dialect;
  private final ResultWindow window;
  private final PageSize size = new PageSize(MOST);

  /**
   * @param index or an alias of one index
   */
  public SeqNoTail(SearchClient client, String index, ServerVersion server) {
    this.client = client;
    this.indices = new Indices(client);
    this.stats = new StatsReader(client, index);
    this.dialect = new Dialect(server);
    this.window = new ResultWindow(client, index);
  }

  /** Tells what needn't be read. */
  public interface Passing {
    /** Called when it is known which numbers there are; completes once {@link #left} can tell. */
    CompletionStage<Void> ready();

    /**
     * A number that a write got before it was asked what there is, if the index has one shard only;
     * else −1. A shard without it has lost writes, and may give others their numbers.
     */
    long highest();

    /**
     * What is left of the numbers that a shard got since it was read last.
     *
     * @return a part of them, which may be empty: from the number after that which counts as read,
     *     to that up to which is to be read now
     */
    SeqNoRange left(SeqNoRange numbers);
  }

  /** As the other one, without anything that needn't be read. */
  public CompletionStage<List<TailSpan>> poll(Map<Integer, ShardPosition> known) {
    return poll(known, ALL);
  }

  /**
   * What there is to read now: a span for each shard, in their order. Those without news are {@link
   * TailSpan#done}.
   *
   * @param known by shard; a shard that isn't in it is read from its start
   * @param passing asked about shards that go on where they were left
   */
  public CompletionStage<List<TailSpan>> poll(Map<Integer, ShardPosition> known, Passing passing) {
    return stats
        .read()
        .thenCompose(now -> passing.ready().thenApply(ready -> now))
        .thenCompose(
            now -> {
              List<TailSpan> spans = spans(known, passing, now);
              if (spans.stream().allMatch(TailSpan::done)) {
                return CompletableFuture.completedFuture(spans);
              }
              // The index itself: an alias could stand for another one by now.
              return indices.refresh(now.index()).thenApply(done -> spans);
            });
  }

  private static List<TailSpan> spans(
      Map<Integer, ShardPosition> known, Passing passing, IndexStats now) {
    List<TailSpan> spans = new ArrayList<>();
    now.shards()
        .forEach(
            (number, shard) -> {
              ShardPosition position = known.get(number);
              Continuity continuity = Continuity.of(position, now.uuid(), shard);
              long upTo = shard.globalCheckpoint();
              if (continuity == Continuity.GOES_ON && shard.maxSeqNo() < passing.highest()) {
                continuity = Continuity.NUMBERS_FELL;
              }
              if (continuity != Continuity.GOES_ON) {
                position = new ShardPosition(now.uuid(), number, shard.historyUuid(), -1);
              } else if (position.seqNo() < upTo) {
                SeqNoRange left = passing.left(new SeqNoRange(position.seqNo() + 1, upTo));
                position = position.at(left.from() - 1);
                upTo = left.to();
              }
              spans.add(new TailSpan(now.index(), position, upTo, continuity, Set.of()));
            });
    return spans;
  }

  /**
   * The next documents of a span that isn't done.
   *
   * @param sources whether their sources are wanted
   */
  public CompletionStage<TailPage> next(TailSpan span, boolean sources) {
    return window.get().thenCompose(given -> next(span, sources, given));
  }

  private CompletionStage<TailPage> next(TailSpan span, boolean sources, int given) {
    int most = Math.min((sources ? size() : MOST) + span.seen().size(), given);
    if (most <= span.seen().size()) {
      return CompletableFuture.failedFuture(
          new ShardsMissingException(
              "%s: more than %d documents have the sequence number %d; set index.max_result_window higher"
                  .formatted(span.index(), span.seen().size(), span.position().seqNo() + 1)));
    }
    String path = "/" + span.index() + "/_search?" + dialect.shard(span.position().shard());
    return client
        .documents("POST", path, body(span, sources, most))
        .whenComplete((answer, failure) -> note(sources, answer, failure))
        .thenApply(answer -> page(span, most, answer));
  }

  private ObjectNode body(TailSpan span, boolean sources, int most) {
    ObjectNode body = SearchClient.JSON.createObjectNode();
    body.put("size", most).put("track_total_hits", false);
    body.put("version", true).put("seq_no_primary_term", true);
    if (sources) {
      dialect.source(body);
    } else {
      body.put("_source", false);
    }
    ArrayNode filters = body.putObject("query").putObject("bool").putArray("filter");
    filters
        .addObject()
        .putObject("range")
        .putObject("_seq_no")
        .put("gt", span.position().seqNo())
        .put("lte", span.upTo());
    body.putArray("sort")
        .addObject()
        .putObject("_seq_no")
        .put("order", "asc")
        .put("unmapped_type", "long");
    return body;
  }

  private static TailPage page(TailSpan span, int most, DocumentAnswer answer) {
    ShardsMissingException.unlessOne(
        span.index(), span.position().shard(), answer.shards(), answer.timedOut());
    List<StoredDocument> fresh = new ArrayList<>(answer.items().size());
    long last = span.position().seqNo() + 1;
    Set<String> atLast = new HashSet<>(span.seen());
    for (Item item : answer.items()) {
      StoredDocument document = item.document();
      if (document.seqNo() > last) {
        last = document.seqNo();
        atLast.clear();
      }
      if (atLast.add(document.id())) {
        fresh.add(document);
      }
    }
    boolean more = answer.items().size() == most;
    // In a shrunk index several documents of a shard have one number, and a page may end between.
    return new TailPage(fresh, more ? span.after(last, atLast) : span.finished());
  }

  private synchronized int size() {
    return size.rows();
  }

  private synchronized void note(boolean sources, DocumentAnswer answer, Throwable failure) {
    if (failure != null) {
      window.forget();
      size.refused();
    } else if (sources) {
      size.saw(answer.items().size(), answer.sourceBytes());
    }
  }
}
