package io.cesync.sync;

import io.cesync.Stages;
import io.cesync.changelog.Pace;
import io.cesync.document.Continuity;
import io.cesync.document.LedgerNumbers;
import io.cesync.document.SeqNoRange;
import io.cesync.document.SeqNoTail;
import io.cesync.document.ShardPosition;
import io.cesync.document.StoredDocument;
import io.cesync.document.TailPage;
import io.cesync.document.TailSpan;
import io.cesync.document.Vanished;
import io.cesync.document.VanishedSearch;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.mapping.InvalidKeyException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what the application changed in an index, round after round: first the documents that were
 * written since the last one, and once all of these are in the table, those that have vanished.
 * What cesync wrote itself is known by the ledger. A round's position is kept only when all that it
 * found is done. Confined to the loop's thread.
 */
final class SearchTail {

  private static final Logger LOG = LoggerFactory.getLogger(SearchTail.class);

  private final Shared shared;
  private final TableSync sync;
  private final String name;
  private final TableLedger ledger;
  private final SeqNoTail tail;
  private final VanishedSearch vanished;
  private final long mostDeletes;
  private final Pace pace;

  private Map<Integer, ShardPosition> positions;
  private Instant position;
  private boolean running;
  private Round round;
  private boolean tooManyDeletes;

  /**
   * @param positions of the shards, all of whose changes up to there are in the table
   * @param position until when all changes are; null if that is not known
   */
  SearchTail(
      Shared shared,
      TableSync sync,
      String name,
      TableLedger ledger,
      SeqNoTail tail,
      VanishedSearch vanished,
      long mostDeletes,
      Map<Integer, ShardPosition> positions,
      Instant position) {
    this.shared = shared;
    this.sync = sync;
    this.name = name;
    this.ledger = ledger;
    this.tail = tail;
    this.vanished = vanished;
    this.mostDeletes = mostDeletes;
    this.positions = new TreeMap<>(positions);
    this.position = position;
    this.pace =
        new Pace(
            shared.settings().busyInterval().toMillis(), shared.settings().interval().toMillis());
  }

  /** One look at the index. */
  private final class Round {
    final Instant started = shared.clock().instant();
    final Map<Integer, ShardPosition> reached = new TreeMap<>();
    final Deque<TailSpan> spans = new ArrayDeque<>();
    boolean goesOn = true;
    boolean found;
    boolean reading = true;
    boolean searched;
    boolean failed;
    int open;
  }

  /** By shard, up to where all changes are in the table. */
  Map<Integer, ShardPosition> positions() {
    return positions;
  }

  /** Until when all changes are in the table; empty before the first round. */
  Optional<Instant> position() {
    return Optional.ofNullable(position);
  }

  long nextAt() {
    return running ? Long.MAX_VALUE : pace.nextAt();
  }

  /** Starts what is due. */
  void step(long now) {
    if (!running && now >= pace.nextAt()) {
      running = true;
      round = new Round();
      Stages.whenEnded(tail.poll(positions), sync.loop(), this::polled);
    } else if (running && !round.reading && round.open == 0) {
      goOn();
    }
  }

  private void polled(List<TailSpan> spans, Throwable failure) {
    if (isOver(failure)) {
      return;
    }
    for (TailSpan span : spans) {
      if (span.continuity() == Continuity.UNKNOWN) {
        round.goesOn = false;
      } else if (span.continuity() != Continuity.GOES_ON) {
        // It begins anew, with another era of the ledger.
        sync.outdated(
            "%s: %s. All its documents are read again, and none that is missing is taken for deleted."
                .formatted(span.index(), span.continuity().reason()));
        end(false);
        return;
      }
      round.reached.put(span.position().shard(), span.position());
      round.spans.add(span);
    }
    next();
  }

  private void next() {
    while (!round.spans.isEmpty() && round.spans.getFirst().done()) {
      TailSpan done = round.spans.removeFirst();
      round.reached.put(done.position().shard(), done.position());
    }
    if (round.spans.isEmpty()) {
      round.reading = false;
      return;
    }
    TailSpan span = round.spans.removeFirst();
    Stages.whenEnded(
        tail.next(span).thenCompose(page -> changed(page, span.position().shard())),
        sync.loop(),
        this::read);
  }

  /**
   * @param changed documents that cesync didn't write as they are
   */
  private record Read(TailPage page, int shard, List<StoredDocument> changed) {}

  private CompletionStage<Read> changed(TailPage page, int shard) {
    List<String> ids = page.documents().stream().map(StoredDocument::id).toList();
    return ledger
        .get(ids)
        .thenCompose(
            entries -> {
              List<StoredDocument> changed = new ArrayList<>();
              List<CompletableFuture<Void>> noted = new ArrayList<>();
              for (StoredDocument document : page.documents()) {
                LedgerEntry entry = entries.get(document.id());
                Place place = ledger.place(shard, document.seqNo(), document.primaryTerm());
                if (entry == null || !entry.place().isSameWrite(place)) {
                  changed.add(document);
                } else if (entry.place().shard() != shard) {
                  noted.add(ledger.put(Optional.of(entry), entry.at(place)).toCompletableFuture());
                }
              }
              return CompletableFuture.allOf(noted.toArray(CompletableFuture[]::new))
                  .thenApply(done -> new Read(page, shard, changed));
            });
  }

  private void read(Read read, Throwable failure) {
    if (isOver(failure)) {
      return;
    }
    // A first look finds what is older than it, and nobody knows how much.
    long detectedAt = round.goesOn ? micros(round.started) : Long.MIN_VALUE;
    for (StoredDocument document : read.changed) {
      round.found = true;
      try {
        Pending pending = new Pending(sync.target().mapping().keys().ofDocumentId(document.id()));
        pending.routing = document.routing();
        pending.shard = read.shard;
        pending.detectedAt = detectedAt;
        put(pending);
      } catch (InvalidKeyException e) {
        foreign(document, read.shard, e.getMessage());
      }
    }
    round.spans.addFirst(read.page.rest());
    sync.room().thenRun(this::next);
  }

  /** The ledger must know it nevertheless: where it lacks one, a deleted one isn't missed. */
  private void foreign(StoredDocument document, int shard, String reason) {
    Round current = round;
    current.open++;
    LedgerEntry entry =
        new LedgerEntry(
            document.id(),
            document.routing(),
            ledger.place(shard, document.seqNo(), document.primaryTerm()),
            0,
            Map.of(),
            micros(current.started));
    Stages.whenEnded(
        ledger
            .get(List.of(document.id()))
            .thenCompose(known -> ledger.put(Optional.ofNullable(known.get(document.id())), entry)),
        sync.loop(),
        (done, failure) -> {
          if (failure == null) {
            current.open--;
            sync.refuseDocument(document, reason);
          } else {
            current.failed = true;
            current.open--;
            sync.failedElsewhere(failure);
          }
        });
  }

  private void put(Pending pending) {
    Round current = round;
    current.open++;
    pending.readsDocument = true;
    pending.whenDone(() -> current.open--);
    sync.put(pending);
  }

  /** All that was found is in the table. */
  private void goOn() {
    if (round.failed) {
      end(false);
      return;
    }
    boolean moved = !round.reached.equals(positions);
    if (round.searched || !round.goesOn || !moved) {
      finish();
      return;
    }
    round.searched = true;
    round.reading = true;
    CompletionStage<Vanished> search = vanished.find(round.reached.values(), mostDeletes);
    Stages.whenEnded(search.thenCombine(unplaced(), Searched::new), sync.loop(), this::searched);
  }

  /**
   * @param unplaced documents that cesync wrote and that no search showed: they have no place yet,
   *     and are gone already, most likely
   */
  private record Searched(Vanished vanished, List<LedgerNumbers.Entry> unplaced) {}

  private CompletionStage<List<LedgerNumbers.Entry>> unplaced() {
    long from = Long.MAX_VALUE;
    long to = -1;
    for (ShardPosition reached : round.reached.values()) {
      ShardPosition before = positions.get(reached.shard());
      from = Math.min(from, before == null ? 0 : before.seqNo() + 1);
      to = Math.max(to, reached.seqNo());
    }
    return from > to
        ? CompletableFuture.completedFuture(List.of())
        : ledger.list(Place.UNKNOWN_SHARD, new SeqNoRange(from, to));
  }

  private void searched(Searched found, Throwable failure) {
    if (isOver(failure)) {
      return;
    }
    Vanished gone = found.vanished;
    if (gone instanceof Vanished.TooMany many) {
      refuseDeletes(many);
    } else if (gone instanceof Vanished.Deleted deleted) {
      tooManyDeletes = false;
      deleted.documents().forEach(this::vanished);
      found.unplaced.forEach(this::vanished);
    }
    round.reading = false;
  }

  private void vanished(LedgerNumbers.Entry document) {
    round.found = true;
    try {
      Pending pending = new Pending(sync.target().mapping().keys().ofDocumentId(document.id()));
      pending.routing = document.routing();
      pending.existedAt = position == null ? Long.MIN_VALUE : micros(position);
      put(pending);
    } catch (InvalidKeyException e) {
      LOG.debug("{}: {} was no document of a row", name, document.id());
    }
  }

  private void refuseDeletes(Vanished.TooMany many) {
    if (!tooManyDeletes) {
      String what =
          "%d or more documents have vanished from the index since the last look, and only %d may (max_deletes_per_poll): no row is deleted. If they were meant to go, set it higher and restart; if not, delete the index and run ./run.sh install to have it filled again"
              .formatted(many.atLeast(), mostDeletes);
      LOG.error("{}: {}.", name, what);
      sync.note(what);
    }
    tooManyDeletes = true;
  }

  private void finish() {
    positions = round.reached;
    if (!tooManyDeletes) {
      position = round.started;
    }
    end(round.found);
  }

  private boolean isOver(Throwable failure) {
    if (failure != null) {
      sync.failedElsewhere(failure);
      end(false);
    }
    return failure != null;
  }

  private void end(boolean found) {
    running = false;
    pace.polled(found, round.started.toEpochMilli(), shared.clock().millis());
    round = null;
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
