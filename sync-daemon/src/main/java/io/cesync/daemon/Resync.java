package io.cesync.daemon;

import io.cesync.UserError;
import io.cesync.connect.SearchConnection;
import io.cesync.document.Indices;
import io.cesync.document.Rebuild;
import io.cesync.inspect.Inspection;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import io.cesync.state.State;
import io.cesync.state.StateFile;
import io.cesync.state.StateLock;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Builds a table's index anew beside the present one, and puts it in that one's place. The daemon
 * goes on with the present one meanwhile, and then, from where this was, with the new one. What was
 * begun goes on if it is run again.
 */
public final class Resync {

  /**
   * How it is done.
   *
   * @param dropOld whether the old index goes at the end
   * @param allowFewer whether the new index may have far fewer documents than the old one
   * @param followOld how long the old index of a two-way table is followed once applications were
   *     sent to the new one: longer than a write to it can be under way
   */
  public record Options(boolean dropOld, boolean allowFewer, Duration followOld) {

    void compare(String old, long had, String next, long has) {
      if (!allowFewer && has < had - had / 10) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "%s has %,d documents, and %s has %,d, so it wasn't put in its place. See logger.dead_letter for what it refused, and compare with the table; then run resync again, with --allow-fewer if that is right, or with --abort.",
                next,
                has,
                old,
                had));
      }
    }
  }

  private static final Direction DIRECTION = Direction.CASSANDRA_TO_ELASTICSEARCH;
  private static final long TAKE_OVER_MILLIS = 60_000;
  private static final long POLL_MILLIS = 100;

  private final Settings settings;
  private final TableSettings table;
  private final Options options;
  private final StopSignal stop;
  private final Clock clock;
  private final Consumer<String> out;
  private final ResyncState progress;

  /**
   * @param table one of the settings' tables
   * @param out is told each step
   */
  public Resync(
      Settings settings,
      TableSettings table,
      Options options,
      StopSignal stop,
      Clock clock,
      Consumer<String> out) {
    this.settings = settings;
    this.table = table;
    this.options = options;
    this.stop = stop;
    this.clock = clock;
    this.out = out;
    this.progress = new ResyncState(settings.stateFile());
  }

  /**
   * Does it, or as much as there is time for until it is told to stop. True if it is done.
   *
   * @throws UserError if something is in the way; all goes on as before, and it can be repeated
   */
  public boolean run() throws InterruptedException {
    if (!table.followsTable()) {
      throw new UserError(
          "%s has direction %s: nothing could be brought to a new index."
              .formatted(table.table(), table.direction()));
    }
    try (StateLock lock = lock();
        Connections servers = Connections.open(settings)) {
      Indices indices = new Indices(servers.client());
      Rebuild rebuild = new Rebuild(servers.client());
      Indices.Index old = present(indices);
      if (table.followsIndex()) {
        return twoWay(servers, indices, rebuild, old);
      }
      if (progress.of(table, old.uuid()).isEmpty() && !build(servers, indices, rebuild, old)) {
        return stopped();
      }
      handOver(present(indices));
      return true;
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    }
  }

  private boolean stopped() {
    out.accept("Stopped; run it again to go on, or with --abort to give it up.");
    return false;
  }

  private boolean twoWay(
      Connections servers, Indices indices, Rebuild rebuild, Indices.Index present)
      throws IOException, InterruptedException {
    TwoWayResync resync =
        new TwoWayResync(settings, table, options, progress, servers, indices, rebuild, clock, out);
    Rebuilding rebuilding = resync.begin(present);
    if (!rebuilding.handedOver() && !resync.build(rebuilding, stop)) {
      return stopped();
    }
    if (handOver(present(indices))) {
      resync.end(rebuilding);
    }
    return true;
  }

  /** Removes what a resync that isn't done has made. */
  public void abort() throws InterruptedException {
    try (StateLock lock = lock();
        Connections servers = Connections.open(settings)) {
      Optional<String> begun =
          progress
              .rebuilding(table.table())
              .map(Rebuilding::newIndex)
              .or(() -> progress.of(table.table()).flatMap(StreamState::index));
      if (begun.isEmpty()) {
        throw new UserError(
            "%s: there is no resync that could be given up.".formatted(table.table()));
      }
      Indices indices = new Indices(servers.client());
      Rebuild rebuild = new Rebuild(servers.client());
      Indices.Index old = present(indices);
      String next = begun.get();
      if (old.name().equals(next)) {
        throw new UserError(
            "%s is behind %s already. Run resync without --abort to end it."
                .formatted(next, table.index()));
      }
      rebuild.refuseWrites(old.name(), false);
      rebuild.delete(next);
      progress.forget(table.table());
      out.accept("Deleted %s; %s is as it was.".formatted(next, table.index()));
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    }
  }

  private StateLock lock() {
    StateLock.holder(progress.lock())
        .ifPresent(
            pid -> {
              throw new UserError(
                  "Another resync (pid %s) is at work; wait for it, or stop it.".formatted(pid));
            });
    return StateLock.acquire(progress.lock());
  }

  private Indices.Index present(Indices indices) throws IOException {
    return indices
        .find(table.index())
        .orElseThrow(
            () ->
                new UserError(
                    "There is no index %s that could be rebuilt. Run ./run.sh install"
                        .formatted(table.index())));
  }

  private boolean build(Connections servers, Indices indices, Rebuild rebuild, Indices.Index old)
      throws IOException, InterruptedException {
    Optional<String> begun = progress.of(table.table()).flatMap(StreamState::index);
    ResyncPlan plan = ResyncPlan.of(table, old, begun, options.dropOld(), rebuild, clock.instant());
    // A killed one may have left it so.
    if (plan.goesOn()) {
      rebuild.refuseWrites(old.name(), false);
    }
    long documents = rebuild.count(old.name());
    Settings own = settings.only(table.withIndex(plan.next()), progress.file(table.table()));
    StateKeeper keeper = new StateKeeper(own.stateFile(), clock, Optional.empty());
    Inspection inspection =
        NewIndex.create(
            servers,
            indices,
            own,
            // Its name first: an index that nobody knows of would never be deleted.
            () ->
                keeper.save(
                    State.EMPTY.with(
                        table.table(), DIRECTION, StreamState.NEW.withIndex(plan.next()))));
    out.accept(
        String.format(
            Locale.ROOT,
            "%s %s, which is to replace %s (%,d documents).",
            plan.goesOn() ? "Going on with" : "Building",
            plan.next(),
            old.name(),
            documents));
    return new ResyncRun(own, plan, servers, inspection, options, rebuild, stop, clock, out)
        .run(keeper);
  }

  /** Has the daemon, or the next one, go on from where this was. True if it does. */
  private boolean handOver(Indices.Index now) throws InterruptedException {
    Optional<String> daemon = StateLock.holder(settings.stateFile());
    if (daemon.isEmpty()) {
      try (StateLock lock = StateLock.acquire(settings.stateFile())) {
        StateFile file = new StateFile(settings.stateFile());
        file.save(progress.adopted(file.load(), table, now.uuid()));
        progress.forget(table.table());
      }
      out.accept("The daemon will go on with it when it is started.");
      return true;
    }
    long end = clock.millis() + TAKE_OVER_MILLIS;
    while (progress.of(table.table()).isPresent()) {
      if (clock.millis() > end || stop.await(POLL_MILLIS)) {
        out.accept(
            "The daemon (pid %s) hasn't taken it over yet; see its log. It will when it can."
                .formatted(daemon.get()));
        return false;
      }
    }
    // The daemon may have been killed between one file and the next.
    progress.forget(table.table());
    out.accept("The daemon (pid %s) goes on with it.".formatted(daemon.get()));
    return true;
  }
}
