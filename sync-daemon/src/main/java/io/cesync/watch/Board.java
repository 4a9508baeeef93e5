package io.cesync.watch;

import io.cesync.settings.Settings;
import io.cesync.state.DaemonState;
import io.cesync.state.State;
import io.cesync.state.StreamState;
import io.cesync.sync.Vitals;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where it is put down how the daemon is, and where others see that. Thread-safe; nobody waits for
 * anything here.
 */
public final class Board {
  /** Behind by less than this, and the wait between two looks, nobody need be told. */
  private static final long BEHIND_MILLIS = 10_000;

  /** An older look says nothing of the tables: the loop stands still. */
  private static final long FRESH_MILLIS = 10_000;

  private record Look(Instant at, State state, Vitals vitals) {}

  private final Clock clock;
  private final Stalls stalls = new Stalls();
  private final Map<StreamName, History> histories = new HashMap<>();
  private Signs signs;
  private String waiting = "Starting";
  private Optional<DaemonState> daemon = Optional.empty();
  private Instant followingSince;
  private Look latest;
  private Look shown;
  private List<StreamView> streams = List.of();
  private volatile View view;

  public Board(Settings settings, Clock clock) {
    this.clock = clock;
    this.signs = Signs.of(settings);
    this.view = view(Optional.empty(), List.of(), new Stalls.Found(List.of(), List.of()));
  }

  /** It follows no changes; why. */
  public synchronized void waiting(String why) {
    waiting = why;
    latest = null;
    tick();
  }

  /** It follows changes, with these settings. */
  public synchronized void following(Settings settings) {
    signs = Signs.of(settings);
    followingSince = clock.instant();
    waiting = null;
    latest = null;
  }

  /** The engine was looked at. Not taken while it {@link #waiting waits}. */
  public synchronized void seen(State state, Vitals vitals) {
    latest = waiting == null ? new Look(clock.instant(), state, vitals) : null;
  }

  /** The state was saved. */
  public synchronized void saved(Optional<DaemonState> by) {
    daemon = by;
  }

  /** What was put down last. */
  public View view() {
    return view;
  }

  /** To be called every second or so: makes a view of what was put down, and looks for stalls. */
  public synchronized void tick() {
    Instant now = clock.instant();
    List<Sign> all = new ArrayList<>();
    if (waiting != null) {
      String why = waiting.isEmpty() ? "" : ": " + waiting;
      all.add(Sign.ofState("waiting", "Not following any table", why, true, signs.limit()));
      // What was seen before is shown as it was.
      view = view(Optional.empty(), view.streams(), stalls.look(all, now.toEpochMilli()));
      return;
    }
    if (latest == null) {
      all.add(loop(followingSince));
      view = view(Optional.empty(), view.streams(), stalls.look(all, now.toEpochMilli()));
      return;
    }
    Vitals vitals = latest.vitals;
    // So that its end is told.
    all.add(Sign.ofState("waiting", "Not following any table", "", false, signs.limit()));
    all.add(loop(latest.at));
    all.add(away("Cassandra", vitals.cassandra()));
    all.add(away("Elasticsearch", vitals.search()));
    if (shown == null || !latest.at.equals(shown.at)) {
      streams = streams(latest);
      shown = latest;
    }
    boolean isFresh = now.toEpochMilli() - latest.at.toEpochMilli() < FRESH_MILLIS;
    boolean canBeJudged = isFresh && vitals.cassandra() && vitals.search();
    for (StreamView stream : streams) {
      all.addAll(signs.of(stream.name(), stream.state(), stream.vitals(), canBeJudged));
    }
    Stalls.Found found = stalls.look(all, now.toEpochMilli());
    view = view(Optional.of(vitals), judged(streams, found), found);
  }

  private Sign loop(Instant lastSeen) {
    return Sign.ofProgress(
        "loop",
        "cesync's own loop has stood still",
        "; restart it, and report it with the output of jstack",
        lastSeen,
        true,
        signs.limit());
  }

  private Sign away(String server, boolean answers) {
    return Sign.ofState(server, server + " hasn't answered", "", !answers, signs.limit());
  }

  private View view(Optional<Vitals> vitals, List<StreamView> streams, Stalls.Found found) {
    return new View(
        clock.instant(),
        daemon,
        vitals,
        Optional.ofNullable(waiting),
        streams,
        waiting == null ? found.notices() : List.of(),
        found.problems());
  }

  private List<StreamView> streams(Look look) {
    List<StreamView> all = new ArrayList<>();
    Set<StreamName> names = new HashSet<>();
    look.vitals
        .streams()
        .forEach(
            (table, directions) ->
                directions.forEach(
                    (direction, vitals) -> {
                      StreamName name = new StreamName(table, direction);
                      names.add(name);
                      all.add(stream(name, vitals, look));
                    }));
    histories.keySet().retainAll(names);
    all.sort((a, b) -> a.name().compareTo(b.name()));
    return all;
  }

  private StreamView stream(StreamName name, Vitals.Stream vitals, Look look) {
    StreamState state = look.state.stream(name.table(), name.direction());
    long behind = StreamView.behindMillis(state, vitals, look.at, signs.interval());
    History.Shown history =
        histories
            .computeIfAbsent(name, any -> new History())
            .add(state, behind, look.at.toEpochMilli());
    Verdict verdict =
        StreamView.isCopying(state, vitals)
            ? Verdict.COPYING
            : behind > BEHIND_MILLIS + signs.interval() ? Verdict.BEHIND : Verdict.KEEPS_UP;
    return new StreamView(name, look.at, state, vitals, behind, history, verdict);
  }

  private static List<StreamView> judged(List<StreamView> streams, Stalls.Found found) {
    return streams.stream()
        .map(
            stream ->
                found.problems().stream().anyMatch(p -> p.startsWith(stream.name() + ": "))
                    ? stream.withVerdict(Verdict.STALLED)
                    : stream)
        .toList();
  }
}
