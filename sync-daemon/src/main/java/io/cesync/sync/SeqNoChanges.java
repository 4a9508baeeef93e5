package io.cesync.sync;

import io.cesync.document.Continuity;
import io.cesync.document.LedgerNumbers;
import io.cesync.document.SeqNoRange;
import io.cesync.document.SeqNoTail;
import io.cesync.document.ShardPosition;
import io.cesync.document.StoredDocument;
import io.cesync.document.TailSpan;
import io.cesync.document.Vanished;
import io.cesync.document.VanishedSearch;
import io.cesync.ledger.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees changes by the sequence numbers of writes, and deletes by the numbers that are missing. */
final class SeqNoChanges implements Changes {

  private static final Logger LOG = LoggerFactory.getLogger(SeqNoChanges.class);
  private static final Duration TOO_MANY_PAUSE = Duration.ofSeconds(10);

  /** So long a look waits, when there is much to do, for answers to own writes sent before it. */
  private static final Duration MOST_WAITING = Duration.ofSeconds(2);

  private final String name;
  private final TableLedger ledger;
  private final SeqNoTail tail;
  private final VanishedSearch vanished;
  private final long mostDeletes;
  private final long mostNumbers;
  private final Consumer<String> errors;

  private Map<Integer, ShardPosition> positions;
  private final Map<Integer, Long> firstLook;
  private Instant position;

  /** Documents without a place were looked for up to here since the start; 0: none were. */
  private long unplacedTo;

  private boolean tooManyDeletes;

  /** Whether a look has left out what may have vanished since it was searched last. */
  private boolean unsearched;

  /** When that was found out last: it takes some reading each time. */
  private Instant tooManyAt = Instant.MIN;

  /**
   * Whether documents are to be found with their sources: of what cesync wrote itself, none is
   * needed.
   */
  private volatile boolean wantsSources = true;

  private volatile int lastPage;

  /**
   * @param mostNumbers of each shard, in one look: what was found is to be in the table before the
   *     next, and isn't found again if the daemon ends
   * @param errors told on the loop's thread of what a person has to look at
   * @param positions of the shards, all of whose changes up to there are in the table
   * @param firstLook as in {@link Changes#firstLook}
   * @param position until when all changes are; null if that is not known
   */
  SeqNoChanges(
      String name,
      TableLedger ledger,
      SeqNoTail tail,
      VanishedSearch vanished,
      long mostDeletes,
      long mostNumbers,
      Consumer<String> errors,
      Map<Integer, ShardPosition> positions,
      Map<Integer, Long> firstLook,
      Instant position) {
    this.name = name;
    this.ledger = ledger;
    this.tail = tail;
    this.vanished = vanished;
    this.mostDeletes = mostDeletes;
    this.mostNumbers = mostNumbers;
    this.firstLook = new TreeMap<>(firstLook);
    this.errors = errors;
    this.positions = new TreeMap<>(positions);
    this.position = position;
  }

  @Override
  public Map<Integer, ShardPosition> positions() {
    return positions;
  }

  @Override
  public Map<Integer, Long> firstLook() {
    return Map.copyOf(firstLook);
  }

  @Override
  public Optional<Instant> position() {
    return Optional.ofNullable(position);
  }

  @Override
  public Optional<Instant> readTo() {
    return position();
  }

  @Override
  public CompletionStage<Look> look(Instant now, boolean isBusy) {
    return tail.poll(positions, new OwnPassing(isBusy)).thenApply(spans -> new Numbers(now, spans));
  }

  /** Passes over cesync's own writes. */
  private final class OwnPassing implements SeqNoTail.Passing {
    private final boolean isBusy;
    private final long highest = ledger.own().highest();

    OwnPassing(boolean isBusy) {
      this.isBusy = isBusy;
    }

    /**
     * When there is little to do, a search of a few own writes is better than to have the
     * application's wait. Of more than one shard, answers don't tell which one a number is of.
     */
    @Override
    public CompletionStage<Void> ready() {
      return !isBusy || ledger.shards() > 1
          ? CompletableFuture.completedFuture(null)
          : ledger
              .own()
              .settled()
              .toCompletableFuture()
              .completeOnTimeout(null, MOST_WAITING.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public long highest() {
      return highest;
    }

    @Override
    public SeqNoRange left(SeqNoRange numbers) {
      long last = ledger.own().lastAfter(numbers.from() - 1);
      return new SeqNoRange(Math.min(last, numbers.to()) + 1, numbers.to());
    }
  }

  private final class Numbers implements Look {
    private final Instant started;
    private final Map<Integer, ShardPosition> reached = new TreeMap<>();
    private final Map<Integer, ReadNumbers> read = new TreeMap<>();
    private final Deque<TailSpan> spans = new ArrayDeque<>();
    private boolean all = true;
    private boolean news;
    private final boolean first;
    private String outdated;
    private Vanished gone;
    private boolean complete;

    Numbers(Instant started, List<TailSpan> found) {
      this.started = started;
      for (TailSpan span : found) {
        if (span.continuity() == Continuity.UNKNOWN) {
          firstLook.put(span.position().shard(), span.upTo());
        } else if (span.continuity() != Continuity.GOES_ON) {
          // It begins anew, with another era of the ledger.
          outdated =
              "%s: %s. All its documents are read again, and none that is missing is taken for deleted."
                  .formatted(span.index(), span.continuity().reason());
        }
        news |= !span.done();
        TailSpan part = span.atMost(mostNumbers);
        all &= part.upTo() == span.upTo();
        long position = part.position().seqNo();
        read.put(
            part.position().shard(), new ReadNumbers(new SeqNoRange(position + 1, part.upTo())));
        add(part);
      }
      first = !firstLook.isEmpty();
    }

    private void add(TailSpan span) {
      reached.put(span.position().shard(), span.position());
      if (!span.done()) {
        spans.addFirst(span);
      }
    }

    @Override
    public Optional<String> outdated() {
      return Optional.ofNullable(outdated);
    }

    @Override
    public boolean isFirst() {
      return first;
    }

    @Override
    public boolean hasNext() {
      return !spans.isEmpty();
    }

    @Override
    public CompletionStage<Page> next() {
      TailSpan span = spans.removeFirst();
      return tail.next(span, wantsSources)
          .thenApply(
              page -> {
                lastPage = page.documents().size();
                int shard = span.position().shard();
                page.documents().forEach(document -> read.get(shard).found(document.seqNo()));
                add(page.rest());
                return new Page(shard, page.documents());
              });
    }

    @Override
    public boolean mayReadAhead() {
      return true;
    }

    /** It won't be found again: each number is read once. But it may go on like that. */
    @Override
    public void known(List<StoredDocument> documents) {
      wantsSources = 2 * documents.size() <= lastPage;
    }

    @Override
    public Optional<CompletionStage<List<LedgerNumbers.Entry>>> vanished(boolean canWait) {
      boolean isTooSoon = tooManyDeletes && started.isBefore(tooManyAt.plus(TOO_MANY_PAUSE));
      if (first || !canHaveVanished()) {
        return Optional.empty();
      } else if (canWait || isTooSoon || !all) {
        unsearched = true;
        return Optional.empty();
      }
      // A document that its place isn't counted of would hide one that is gone.
      return Optional.of(
          ledger
              .ledger()
              .flush()
              .thenCompose(
                  done ->
                      vanished
                          .find(reached.values(), mostDeletes)
                          .thenCombine(unplaced(), this::decided)));
    }

    /** Whether there may have been a delete since it was searched last. */
    private boolean canHaveVanished() {
      return unsearched
          || unplacedTo == 0
          || (news && tooManyDeletes)
          || read.values().stream().anyMatch(numbers -> !numbers.hasAll(ledger.own()::isKnown));
    }

    /**
     * Documents that cesync wrote and that no search showed: they have no place yet, and are gone
     * already, most likely.
     */
    private CompletionStage<List<LedgerNumbers.Entry>> unplaced() {
      long to = reached.values().stream().mapToLong(ShardPosition::seqNo).max().orElse(-1);
      return unplacedTo > to
          ? CompletableFuture.completedFuture(List.of())
          : ledger
              .list(Place.UNKNOWN_SHARD, new SeqNoRange(unplacedTo, to))
              .thenCompose(ledger::routed);
    }

    private List<LedgerNumbers.Entry> decided(Vanished found, List<LedgerNumbers.Entry> unplaced) {
      gone = found;
      List<LedgerNumbers.Entry> all = new ArrayList<>();
      if (found instanceof Vanished.Deleted deleted) {
        all.addAll(deleted.documents());
        all.addAll(unplaced);
        // The others of so many are looked at next time.
        complete = unplaced.size() < TableLedger.MOST;
      }
      return all;
    }

    @Override
    public void done() {
      if (gone instanceof Vanished.TooMany many) {
        tooManyAt = started;
        unsearched = false;
        refuseDeletes(many);
      } else if (gone instanceof Vanished.Deleted) {
        tooManyDeletes = false;
        unsearched = false;
      }
      positions = reached;
      // What is gone since an earlier part of a first look was not missed yet.
      unsearched |= first;
      firstLook.keySet().removeIf(shard -> reached.get(shard).seqNo() >= firstLook.get(shard));
      if (isUndecided()) {
        unplacedTo = 0;
      } else if (complete) {
        // Each shard has numbers of its own, and nothing tells of which one an entry is.
        unplacedTo = reached.values().stream().mapToLong(ShardPosition::seqNo).min().orElse(-1) + 1;
      }
      if (all && !unsearched && !tooManyDeletes && !isUndecided()) {
        position = started;
      }
    }

    /** Whether there may be more that is gone: then it is searched once more, come what may. */
    private boolean isUndecided() {
      return gone instanceof Vanished.OtherIndex
          || (gone instanceof Vanished.Deleted told && told.undecided() > 0);
    }

    @Override
    public void close() {}
  }

  private void refuseDeletes(Vanished.TooMany many) {
    if (!tooManyDeletes) {
      String what =
          "%d or more documents have vanished from the index since the last look, and only %d may (max_deletes_per_poll): no row is deleted. If they were meant to go, set it higher and restart; if not, delete the index and run ./run.sh install to have it filled again"
              .formatted(many.atLeast(), mostDeletes);
      LOG.error("{}: {}.", name, what);
      errors.accept(what);
    }
    tooManyDeletes = true;
  }
}
