package io.cesync.daemon;

import io.cesync.UserError;
import io.cesync.deadletter.DeadLetters;
import io.cesync.document.Indices;
import io.cesync.document.Rebuild;
import io.cesync.inspect.Inspection;
import io.cesync.inspect.Inspector;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import io.cesync.state.State;
import io.cesync.state.StateFile;
import io.cesync.state.StateLock;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A resync of a table whose index applications write to, step by step. They must know the index by
 * an alias. Each step can be repeated.
 */
record TwoWayResync(
    Settings settings,
    TableSettings table,
    Resync.Options options,
    ResyncState progress,
    Connections servers,
    Indices indices,
    Rebuild rebuild,
    Clock clock,
    Consumer<String> out) {

  private TableName name() {
    return table.table();
  }

  /**
   * Begins it, or goes on with one that was begun.
   *
   * @param present the index that applications write to now
   * @throws UserError if it can't be done; nothing has changed then
   */
  Rebuilding begin(Indices.Index present) throws IOException {
    Optional<Rebuilding> begun = progress.rebuilding(name());
    if (begun.isPresent()) {
      Rebuilding found = begun.get();
      if (!List.of(found.oldIndex(), found.newIndex()).contains(present.name())) {
        throw new UserError(
            "%s is %s now, and neither %s nor %s, which is to take its place. Put the alias back, or give the resync up with --abort."
                .formatted(table.index(), present.name(), found.oldIndex(), found.newIndex()));
      }
      if (found.handedOver() && !present.name().equals(found.newIndex())) {
        throw new UserError(
            "%s is %s again, but the daemon is to go on with %s. Put the alias back, or give the resync up with --abort."
                .formatted(table.index(), present.name(), found.newIndex()));
      }
      return found;
    }
    if (progress.isBegun(name())) {
      throw new UserError(
          "A resync of %s was begun when it had another direction. Give it up with --abort."
              .formatted(name()));
    }
    if (present.name().equals(table.index())) {
      throw new UserError(
          "%s is an index, not an alias. What applications write to it must reach the table before another index takes its name, so they have to know it by an alias: add one, name it in the settings (index) and in the applications, and run resync again."
              .formatted(table.index()));
    }
    if (StateLock.holder(settings.stateFile()).isEmpty()) {
      throw new UserError(
          "%s is written to by applications, so it can only be rebuilt while the daemon runs: start it first."
              .formatted(table.index()));
    }
    if (rebuild.routed(present.name()) > 0) {
      throw new UserError(
          "%s has documents with a routing of their own, which they would not have in the new index, so it can't be rebuilt."
              .formatted(present.name()));
    }
    Rebuilding rebuilding =
        new Rebuilding(
            present.name(),
            ResyncPlan.nextName(table.index(), clock.instant()),
            freeLedger(),
            0,
            false);
    progress.save(name(), rebuilding);
    return rebuilding;
  }

  /** The one of two names that the present index doesn't use. */
  private String freeLedger() {
    StreamState back =
        new StateFile(settings.stateFile())
            .load().stream(name(), Direction.ELASTICSEARCH_TO_CASSANDRA);
    String used = back.ledgerName().orElse(name().table());
    // No table's name has a slash.
    return used.equals(name().table()) ? name().table() + "/2" : name().table();
  }

  /** Fills the new index, sends applications to it, and hands it over; false if it was stopped. */
  boolean build(Rebuilding rebuilding, StopSignal stop) throws IOException, InterruptedException {
    Settings own = settings.only(table.withIndex(rebuilding.newIndex()), progress.file(name()));
    StateKeeper keeper = new StateKeeper(own.stateFile(), clock, Optional.empty());
    boolean goesOn = progress.isBegun(name());
    Inspection inspection =
        NewIndex.create(servers, indices, own, () -> keeper.save(begun(rebuilding)));
    out.accept(
        String.format(
            Locale.ROOT,
            "%s %s, which is to replace %s (%,d documents).",
            goesOn ? "Going on with" : "Building",
            rebuilding.newIndex(),
            rebuilding.oldIndex(),
            rebuild.count(rebuilding.oldIndex())));
    TwoWayResyncRun run =
        new TwoWayResyncRun(
            own,
            rebuilding,
            settings.stateFile(),
            servers,
            inspection,
            options.followOld(),
            new AliasSwap(),
            stop,
            clock,
            out);
    if (!run.run(keeper)) {
      return false;
    }
    progress.save(name(), progress.rebuilding(name()).orElseThrow().handOver());
    return true;
  }

  private State begun(Rebuilding rebuilding) {
    StreamState stream = StreamState.NEW.withIndex(rebuilding.newIndex());
    return State.EMPTY
        .with(name(), Direction.CASSANDRA_TO_ELASTICSEARCH, stream)
        .with(
            name(),
            Direction.ELASTICSEARCH_TO_CASSANDRA,
            stream.withLedgerName(rebuilding.ledger()));
  }

  /** The old index is nobody's now. */
  void end(Rebuilding rebuilding) throws IOException {
    String old = rebuilding.oldIndex();
    if (options.dropOld()) {
      rebuild.delete(old);
      out.accept("Deleted the old index %s.".formatted(old));
    } else {
      out.accept(
          "The old index %s is kept; delete it when you need it no more: DELETE /%s"
              .formatted(old, old));
    }
  }

  private final class AliasSwap implements TwoWayResyncRun.Swap {
    private Rebuilding rebuilding() {
      return progress.rebuilding(name()).orElseThrow();
    }

    @Override
    public boolean isDone() throws IOException {
      String next = rebuilding().newIndex();
      return indices.find(table.index()).filter(index -> index.name().equals(next)).isPresent();
    }

    @Override
    public Instant time() {
      return Instant.ofEpochMilli(rebuilding().swapMillis());
    }

    @Override
    public void run() throws IOException {
      String old = rebuilding().oldIndex();
      String next = rebuilding().newIndex();
      refuseLosses(old, next);
      long had = rebuild.count(old);
      long has = rebuild.count(next);
      options.compare(old, had, next, has);
      progress.save(name(), rebuilding().swapAt(clock.millis()));
      List<String> others = rebuild.swap(table.index(), old, next, false);
      out.accept(
          String.format(
              Locale.ROOT,
              "%s is an alias of %s now: %,d documents (%,d before).",
              table.index(),
              next,
              has,
              had));
      if (!others.isEmpty()) {
        out.accept("It has the old index's other aliases, too: " + String.join(", ", others) + ".");
      }
    }

    /** Documents that can't be rows are in the old index only. */
    private void refuseLosses(String old, String next) {
      DeadLetters letters =
          new DeadLetters(
              servers.session(),
              Inspector.LOG.keyspace(),
              name(),
              Direction.ELASTICSEARCH_TO_CASSANDRA);
      letters.load();
      if (letters.size() > 0 && !options.allowFewer()) {
        throw new UserError(
            "%d changes of documents in %s could not be brought to the table (see its dead letters), so %s lacks them and wasn't put in its place. Mend them, or say --allow-fewer to do without them; then run resync again, or with --abort."
                .formatted(letters.size(), old, next));
      }
    }
  }
}
