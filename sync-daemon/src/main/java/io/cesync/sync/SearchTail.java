package io.cesync.sync;

import io.cesync.Micros;
import io.cesync.Stages;
import io.cesync.changelog.Pace;
import io.cesync.document.DocumentReader;
import io.cesync.document.LedgerNumbers;
import io.cesync.document.StoredDocument;
import io.cesync.ledger.Ledger;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.mapping.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Finds what the application changed in an index, round after round: first the documents that were
 * written since the last one, and once all of these are in the table, those that have vanished.
 * What cesync wrote itself is known by the ledger. A round's position is kept only when all that it
 * found is done. Confined to the loop's thread.
 */
final class SearchTail {

  private final Shared shared;
  private final TableSync sync;
  private final TableLedger ledger;
  private final Changes changes;
  private final FoundBytes sources;
  private final Pace pace;
  private final VanishedPace vanishedPace;
  private final LongConsumer nanos;

  private boolean running;
  private boolean searching;
  private Round round;
  private long brought;

  /**
   * @param nanos told how long each search took; called from any thread
   */
  SearchTail(
      Shared shared, TableSync sync, TableLedger ledger, Changes changes, LongConsumer nanos) {
    this.shared = shared;
    this.sync = sync;
    this.ledger = ledger;
    this.changes = changes;
    this.nanos = nanos;
    this.sources = new FoundBytes(sync.share().foundBytes());
    ledger.completeTo().set(changes.position().map(Micros::of).orElse(Long.MIN_VALUE));
    this.vanishedPace = new VanishedPace(shared.clock().millis());
    // One that goes on began before what is looked at now.
    ledger.firstLook().set(changes.firstLook());
    this.pace =
        new Pace(
            shared.settings().busyInterval().toMillis(), shared.settings().interval().toMillis());
  }

  /** One look at the index. */
  private final class Round {
    final Instant started = shared.clock().instant();
    Changes.Look look;

    /** The page after the one that is dealt with, or null. */
    Reading ahead;

    boolean found;
    boolean reading = true;
    boolean searched;
    boolean failed;
    int open;

    /** What it took to search, without what became of the documents. */
    final LongAdder nanos = new LongAdder();
  }

  /** Whether something was found that is not in the table yet. */
  boolean isBringing() {
    return round != null && round.open > 0;
  }

  /** Whether it is being looked for what has vanished: the ledger holds places for that. */
  boolean isSearching() {
    return searching;
  }

  /** Documents that were found and are not in the table yet. */
  int found() {
    return round == null ? 0 : round.open;
  }

  /** Those that were, and are done; and pages that were read. */
  long brought() {
    return brought;
  }

  /** How far the changes are in the table. */
  Changes changes() {
    return changes;
  }

  long nextAt() {
    return running ? Long.MAX_VALUE : pace.nextAt();
  }

  /** Starts what is due. */
  void step(long now) {
    if (!running && now >= pace.nextAt()) {
      running = true;
      round = new Round();
      Stages.whenEnded(
          timed(round, () -> changes.look(round.started, sync.isBusy())),
          sync.loop(),
          this::looked);
    } else if (running && !round.reading && round.open == 0) {
      goOn();
    }
  }

  private <T> CompletionStage<T> timed(Round current, Supplier<CompletionStage<T>> search) {
    return Stages.timed(
        search,
        took -> {
          nanos.accept(took);
          current.nanos.add(took);
        });
  }

  private void looked(Changes.Look look, Throwable failure) {
    if (isOver(failure)) {
      return;
    }
    if (look.outdated().isPresent()) {
      sync.outdated(look.outdated().get());
      end(false);
      return;
    }
    sync.searchSucceeded();
    if (look.isFirst()) {
      ledger.completeTo().set(Long.MIN_VALUE);
      ledger.firstLook().set(changes.firstLook());
    }
    round.look = look;
    next();
  }

  /**
   * A page on its way.
   *
   * @param page once it has arrived, the next one can be read
   * @param read once the ledger was asked, too, it can be dealt with
   */
  private record Reading(CompletionStage<Changes.Page> page, CompletionStage<Read> read) {}

  private void next() {
    if (round.ahead == null && !round.look.hasNext()) {
      round.reading = false;
      return;
    }
    Round current = round;
    Reading reading = current.ahead == null ? readPage() : current.ahead;
    current.ahead = null;
    Stages.whenEnded(reading.page, sync.loop(), (page, failure) -> readAhead(current, failure));
    Stages.whenEnded(reading.read, sync.loop(), this::read);
  }

  private Reading readPage() {
    CompletionStage<Changes.Page> page = timed(round, round.look::next);
    return new Reading(page, page.thenCompose(this::changed));
  }

  private void readAhead(Round current, Throwable failure) {
    if (failure == null && current == round && round.look.mayReadAhead() && round.look.hasNext()) {
      round.ahead = readPage();
    }
  }

  /**
   * @param changed documents that cesync didn't write as they are
   * @param fresh ids of those that the ledger doesn't know
   * @param known the others
   */
  private record Read(
      int shard, List<StoredDocument> changed, Set<String> fresh, List<StoredDocument> known) {}

  private CompletionStage<Read> changed(Changes.Page page) {
    Read read = new Read(page.shard(), new ArrayList<>(), new HashSet<>(), new ArrayList<>());
    return ledger
        .revise(
            page.documents().stream().map(StoredDocument::id).toList(),
            entries -> compare(page, entries, read))
        .thenApply(done -> read);
  }

  /** The entries of those whose shard is news. */
  private List<LedgerEntry> compare(
      Changes.Page page, Map<String, LedgerEntry> entries, Read read) {
    List<LedgerEntry> told = new ArrayList<>();
    for (StoredDocument document : page.documents()) {
      LedgerEntry entry = entries.get(document.id());
      Place place = ledger.place(page.shard(), document.seqNo(), document.primaryTerm());
      if (entry == null || !entry.place().isSameWrite(place)) {
        read.changed.add(document);
        if (entry == null) {
          read.fresh.add(document.id());
        }
        continue;
      }
      read.known.add(document);
      if (page.shard() != Place.UNKNOWN_SHARD && page.shard() != entry.place().shard()) {
        told.add(entry.at(place));
      }
    }
    return told;
  }

  private void read(Read read, Throwable failure) {
    if (isOver(failure)) {
      return;
    }
    brought++;
    round.look.known(read.known);
    long now = Micros.of(shared.clock().instant());
    for (StoredDocument document : read.changed) {
      round.found = true;
      try {
        Pending pending = new Pending(sync.target().mapping().keys().ofDocumentId(document.id()));
        pending.routing = document.routing();
        pending.shard = read.shard;
        pending.detected(document.seqNo(), now);
        pending.foundAt = ledger.place(read.shard, document.seqNo(), document.primaryTerm());
        carry(pending, document, read.fresh.contains(document.id()));
        put(pending);
      } catch (InvalidKeyException e) {
        foreign(document, read.shard, e.getMessage());
      }
    }
    if (read.changed.isEmpty()) {
      // Behind a backlog cesync's own writes would not be seen while the ledger remembers them.
      next();
    } else {
      sync.room().thenRun(() -> sources.whenRoom(this::next));
    }
  }

  /** So that it needn't be read once more. */
  private void carry(Pending pending, StoredDocument document, boolean isFresh) {
    if (document.source() == null) {
      return;
    }
    pending.found = document;
    pending.fresh = isFresh && ledger.isComplete() && sync.target().takesUnseen();
    sources.hold(pending, document.source().length);
  }

  /** The ledger must know it nevertheless: where it lacks one, a deleted one isn't missed. */
  private void foreign(StoredDocument document, int shard, String reason) {
    Round current = round;
    current.open++;
    Place place = ledger.place(shard, document.seqNo(), document.primaryTerm());
    long since = ledger.isNew(place) ? Micros.of(current.started) : 0;
    LedgerEntry entry = LedgerEntry.refused(document.id(), document.routing(), place, since);
    CompletionStage<StoredDocument> remembered =
        whole(document)
            .thenCompose(
                whole ->
                    ledger
                        .get(List.of(document.id()))
                        .thenCompose(
                            known ->
                                ledger.put(
                                    List.of(
                                        new Ledger.Put(
                                            entry, Optional.ofNullable(known.get(document.id()))))))
                        .thenApply(done -> whole));
    Stages.whenEnded(
        remembered,
        sync.loop(),
        (whole, failure) -> {
          if (failure == null) {
            current.open--;
            sync.refuseDocument(whole, reason);
          } else {
            current.failed = true;
            current.open--;
            sync.failedElsewhere(failure);
          }
        });
  }

  /** With its source, if it is still there. */
  private CompletionStage<StoredDocument> whole(StoredDocument document) {
    if (document.source() != null) {
      return CompletableFuture.completedFuture(document);
    }
    return sync.target()
        .twoWay()
        .orElseThrow()
        .documents()
        .read(List.of(new DocumentReader.Wanted(document.id(), document.routing())))
        .thenApply(
            looks ->
                looks.get(0) instanceof DocumentReader.Found found ? found.document() : document);
  }

  private void put(Pending pending) {
    Round current = round;
    current.open++;
    if (!current.look.isFirst()) {
      pending.changedAfter = changes.readTo().map(Instant::toEpochMilli).orElse(Pending.NO_ENTRY);
    }
    pending.whenDone(
        () -> {
          current.open--;
          brought++;
        });
    sync.put(pending);
  }

  /** All that was found is in the table. */
  private void goOn() {
    if (round.failed) {
      end(false);
      return;
    }
    if (!round.searched) {
      round.searched = true;
      long now = shared.clock().millis();
      boolean canWait = vanishedPace.canWait(now, sync.isBusy());
      Optional<CompletionStage<List<LedgerNumbers.Entry>>> vanished = round.look.vanished(canWait);
      if (vanished.isPresent()) {
        round.reading = true;
        searching = true;
        Stages.whenEnded(
            vanished.get(),
            sync.loop(),
            (documents, failure) -> {
              vanishedPace.searched(now, shared.clock().millis());
              vanished(documents, failure);
            });
        return;
      }
    }
    round.look.done();
    ledger.completeTo().set(changes.position().map(Micros::of).orElse(Long.MIN_VALUE));
    end(round.found);
  }

  private void vanished(List<LedgerNumbers.Entry> documents, Throwable failure) {
    searching = false;
    if (isOver(failure)) {
      return;
    }
    documents.forEach(this::vanished);
    round.reading = false;
  }

  private void vanished(LedgerNumbers.Entry document) {
    round.found = true;
    try {
      Pending pending = new Pending(sync.target().mapping().keys().ofDocumentId(document.id()));
      pending.routing = document.routing();
      pending.missed = document;
      pending.readsDocument = true;
      pending.existedAt = changes.position().map(Micros::of).orElse(Long.MIN_VALUE);
      put(pending);
    } catch (InvalidKeyException e) {
      sync.foreignDocumentGone(document.id());
    }
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
    if (round.look != null) {
      round.look.close();
    }
    long took = TimeUnit.NANOSECONDS.toMillis(round.nanos.sum());
    pace.polled(found, round.started.toEpochMilli(), took, shared.clock().millis());
    round = null;
  }
}
