package io.cesync.sync;

import com.fasterxml.jackson.databind.node.TextNode;
import io.cesync.Micros;
import io.cesync.Stages;
import io.cesync.changelog.LogPage;
import io.cesync.document.WriteResult.Scope;
import io.cesync.row.ReadFailure;
import io.cesync.row.RowKey;
import io.cesync.settings.Direction;
import io.cesync.sync.Outcome.Rejected;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what comes after an attempt: it is done, looked at again, tried again, or put aside.
 * Confined to the loop's thread.
 */
final class Resolver {

  private static final Logger LOG = LoggerFactory.getLogger(Resolver.class);
  private static final int MOST_ROW_FAILURES = 6;

  private final String table;
  private final Worklist worklist;
  private final Tally tally;
  private final Tally toTable;
  private final LagMeter lag;
  private final LagMeter lagToTable;
  private final Letters letters;
  private final Function<Pending, CompletionStage<Void>> beforeLetter;
  private final Looks looks;
  private final Backoff backoff;
  private final Gate cassandra;
  private final Gate search;
  private final Gate index;
  private final Executor loop;
  private final Clock clock;
  private final RandomGenerator random;
  private final Runnable schemaChanged;

  /**
   * @param beforeLetter what has to be done, on the loop's thread, before a key is put aside; if
   *     that fails it is Cassandra's fault
   */
  Resolver(
      String table,
      Worklist worklist,
      Tally tally,
      Tally toTable,
      LagMeter lag,
      LagMeter lagToTable,
      Letters letters,
      Function<Pending, CompletionStage<Void>> beforeLetter,
      Looks looks,
      Backoff backoff,
      Gate cassandra,
      Gate search,
      Gate index,
      Executor loop,
      Clock clock,
      RandomGenerator random,
      Runnable schemaChanged) {
    this.table = table;
    this.worklist = worklist;
    this.tally = tally;
    this.toTable = toTable;
    this.lag = lag;
    this.lagToTable = lagToTable;
    this.letters = letters;
    this.beforeLetter = beforeLetter;
    this.looks = looks;
    this.backoff = backoff;
    this.cassandra = cassandra;
    this.search = search;
    this.index = index;
    this.loop = loop;
    this.clock = clock;
    this.random = random;
    this.schemaChanged = schemaChanged;
  }

  /** Takes a key that is back, and gives it to the worklist again unless it is finished. */
  void resolve(Landing landing) {
    Pending pending = landing.pending();
    long now = clock.millis();
    Outcome outcome = landing.outcome();
    if (outcome instanceof Outcome.Done done) {
      cassandra.succeeded(now);
      done(pending, done, now);
    } else if (outcome instanceof Outcome.Unseen) {
      cassandra.succeeded(now);
      lookAgain(pending, looks.afterUnseen(pending), now);
    } else if (outcome instanceof Outcome.Conflict conflict) {
      search.succeeded(now);
      index.succeeded(now);
      tally.superseded++;
      long current = conflict.current().orElse(Micros.of(clock.instant()));
      pending.leastVersion = Math.max(pending.leastVersion, current);
      again(pending, now);
    } else if (outcome instanceof Outcome.Retry retry) {
      tally.retried++;
      (retry.scope() == Scope.SERVER ? search : index).failed(retry.reason(), now);
      again(pending, now);
    } else if (outcome instanceof Outcome.Again again) {
      again(pending, again.why(), now);
    } else if (outcome instanceof Outcome.Rejected rejected) {
      search.succeeded(now);
      index.succeeded(now);
      putAside(pending, rejected, now);
    } else if (outcome instanceof Outcome.Unread unread) {
      unread(pending, unread, now);
    }
  }

  private void done(Pending pending, Outcome.Done done, long now) {
    pending.settled();
    if (!done.unchanged()) {
      // What needs no write may not have asked the server at all.
      search.succeeded(now);
      index.succeeded(now);
      tally.done(done.deleted(), clock.instant());
      if (pending.oldestUnbrought != Pending.NO_ENTRY) {
        lag.record(now - pending.oldestUnbrought, now);
      }
    }
    pending.brought(looks.lateWindow());
    toTable.refused += pending.refusedCounters;
    pending.refusedCounters = 0;
    // Further looks are the entries' concern; who else waits for it has got what it wanted.
    pending.done();
    letters.resolved(pending);
    if (pending.key.isWholePartition()) {
      lookAtDeadLetters(pending.key, now);
    }
    switch (done.visibility()) {
      case VISIBLE -> {}
      case NOT_YET -> {
        // What was written meanwhile is to be seen by the look that sees the change.
        pending.refreshedAt = Long.MIN_VALUE;
        lookAgain(pending, looks.afterUnseen(pending), now);
      }
      case CANNOT_TELL -> {
        OptionalLong at = looks.afterUntold(pending);
        if (at.isPresent()) {
          pending.recheck = looks.isLast(pending);
          pending.attempt++;
          pending.dueAt = at.getAsLong();
          worklist.put(pending, now);
        }
      }
    }
  }

  /** Rows of the partition that were refused may be gone, or acceptable, now. */
  private void lookAtDeadLetters(RowKey partition, long now) {
    for (String key : letters.keysOf(partition)) {
      Pending row = new Pending(new RowKey(key, partition.partitionLength(), false));
      row.dueAt = now;
      row.readsDocument = true;
      worklist.put(row, now);
    }
  }

  private void lookAgain(Pending pending, OptionalLong at, long now) {
    if (at.isEmpty()) {
      // Most likely written with a timestamp older than what is there: then there is nothing to
      // show.
      tally.unconfirmed++;
      LOG.debug("{}: {} never showed its write", table, pending.key);
      pending.done();
      return;
    }
    pending.attempt++;
    pending.dueAt = at.getAsLong();
    worklist.put(pending, now);
  }

  private void again(Pending pending, Outcome.Again.Why why, long now) {
    cassandra.succeeded(now);
    switch (why) {
      case DOCUMENT_UNKNOWN -> {}
      case DOCUMENT_CHANGED -> tally.superseded++;
      case ROW_WRITTEN -> {
        if (pending.canWait()) {
          pending.letGo();
        }
        toTable(pending, false, now);
      }
      case ROW_DELETED -> toTable(pending, true, now);
    }
    again(pending, now);
  }

  private void toTable(Pending pending, boolean deleted, long now) {
    toTable.done(deleted, clock.instant());
    if (pending.changedAfter != Pending.NO_ENTRY) {
      lagToTable.record(now - pending.changedAfter, now);
    }
  }

  /** The gates say when. */
  private void again(Pending pending, long now) {
    pending.written = null;
    pending.pages = List.of();
    pending.dueAt = now;
    worklist.put(pending, now);
  }

  private void unread(Pending pending, Outcome.Unread unread, long now) {
    switch (unread.failure()) {
      case SERVER -> {
        cassandra.failed(unread.reason(), now);
        again(pending, now);
      }
      case SCHEMA -> {
        schemaChanged.run();
        retryLater(pending, now);
      }
      case KEY -> putAside(pending, Rejected.row(unread.reason(), null), now);
      case ROW -> {
        if (pending.failures >= MOST_ROW_FAILURES) {
          putAside(pending, Rejected.row("the row can't be read: " + unread.reason(), null), now);
        } else {
          retryLater(pending, now);
        }
      }
    }
  }

  private void retryLater(Pending pending, long now) {
    tally.retried++;
    pending.failures++;
    pending.dueAt = now + backoff.delay(pending.failures, random);
    worklist.put(pending, now);
  }

  /** Puts a row of the log aside that isn't an entry. */
  void unreadable(LogPage.Unreadable row) {
    String text = row.loggedKey();
    Pending pending = new Pending(new RowKey(text, text.length() - 1, false));
    pending.addEntryOf(row.millis());
    putAside(pending, Rejected.row(row.reason(), null), clock.millis());
  }

  /** Puts a document aside that can't be a row's. */
  void refuseDocument(String id, String reason, String source) {
    String text = foreignKey(id);
    Pending pending = new Pending(new RowKey(text, text.length() - 1, false));
    putAside(pending, Rejected.document(reason, source), clock.millis());
  }

  /** What stands for a key in letters about documents that are no row's. */
  static String foreignKey(String id) {
    return new TextNode(id).toString();
  }

  private void putAside(Pending pending, Rejected rejected, long now) {
    worklist.hold(pending);
    Stages.whenEnded(
        beforeLetter
            .apply(pending)
            .thenCompose(
                done ->
                    letters
                        .of(rejected.direction())
                        .put(
                            pending.key.json(),
                            rejected.reason(),
                            rejected.document(),
                            clock.instant())),
        loop,
        (done, failure) -> {
          worklist.release(pending);
          if (failure == null) {
            putAsideDone(pending, rejected);
          } else {
            cassandra.failed(ReadFailure.reason(failure), now);
            again(pending, clock.millis());
          }
        });
  }

  private void putAsideDone(Pending pending, Rejected rejected) {
    boolean ofDocument = rejected.direction() == Direction.ELASTICSEARCH_TO_CASSANDRA;
    if (letters.of(rejected.direction()).remember(pending.key.json())) {
      (ofDocument ? toTable : tally).deadLetters++;
      LOG.warn(
          "{}: {} {} is put aside as a dead letter: {}",
          table,
          ofDocument ? "the document of" : "the row",
          pending.key,
          rejected.reason());
    }
    pending.settled();
    pending.done();
  }
}
