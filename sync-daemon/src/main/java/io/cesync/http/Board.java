package io.cesync.http;

import io.cesync.state.State;
import io.cesync.state.StreamState;
import io.cesync.sync.Vitals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the daemon leaves what others may see; says once when something stands still, and once when
 * it is over. One thread publishes, any may look.
 */
public final class Board {
  private static final Logger LOG = LoggerFactory.getLogger(Board.class);

  private final Duration stallAfter;
  private final Clock clock;
  private final Stalls stalls;
  private final Map<StreamName, History> histories = new HashMap<>();
  private final Set<StreamName> told = new HashSet<>();
  private volatile View view;

  public Board(Duration stallAfter, Clock clock) {
    this.stallAfter = stallAfter;
    this.clock = clock;
    this.stalls = new Stalls(stallAfter);
    this.view =
        new View(
            clock.instant(),
            State.EMPTY,
            Optional.empty(),
            "waiting for Cassandra and Elasticsearch to answer",
            Map.of(),
            List.of());
  }

  /** The daemon follows changes, and is as far as that. */
  public void publish(State state, Vitals vitals) {
    Instant now = clock.instant();
    Map<StreamName, Sign> signs = new HashMap<>();
    Map<StreamName, History.Shown> shown = new HashMap<>();
    each(
        state,
        (name, stream) -> {
          signs.put(name, Sign.of(stream, vitals.pending().getOrDefault(name.table(), 0L) > 0));
          shown.put(
              name,
              histories
                  .computeIfAbsent(name, any -> new History())
                  .add(stream, now.toEpochMilli()));
        });
    histories.keySet().retainAll(shown.keySet());
    view =
        new View(
            now,
            state,
            Optional.of(vitals),
            "",
            Map.copyOf(shown),
            tell(stalls.look(signs, now.toEpochMilli())));
  }

  /** The daemon follows nothing for the time being. */
  public void stopped(String why) {
    View last = view;
    view =
        new View(
            clock.instant(), last.state(), Optional.empty(), why, last.histories(), List.of());
  }

  private List<String> tell(Map<StreamName, Long> stalled) {
    List<String> texts = new ArrayList<>();
    stalled.forEach(
        (name, millis) -> {
          String text = name + ": no progress for " + millis / 1000 + " s though there is work";
          texts.add(text);
          if (told.add(name)) {
            LOG.warn("{}. It goes on by itself when what it waits for is back.", text);
          }
        });
    told.removeIf(
        name -> {
          boolean over = !stalled.containsKey(name);
          if (over) {
            LOG.info("{}: there is progress again.", name);
          }
          return over;
        });
    return List.copyOf(texts);
  }

  View view() {
    return view;
  }

  Instant now() {
    return clock.instant();
  }

  /** What is wrong just now; empty if nothing is. */
  List<String> problems() {
    View last = view;
    if (!last.waiting().isEmpty()) {
      return List.of(last.waiting());
    }
    List<String> problems = new ArrayList<>();
    last.vitals()
        .ifPresent(
            vitals -> {
              if (!vitals.cassandra()) {
                problems.add("Cassandra doesn't answer");
              }
              if (!vitals.search()) {
                problems.add("Elasticsearch doesn't answer");
              }
            });
    problems.addAll(last.stalls());
    Duration silent = Duration.between(last.at(), clock.instant());
    if (silent.compareTo(stallAfter.plusSeconds(5)) > 0) {
      problems.add("the daemon has shown nothing for " + silent.toSeconds() + " s");
    }
    return problems;
  }

  static void each(State state, BiConsumer<StreamName, StreamState> action) {
    state
        .tables()
        .forEach(
            (table, streams) ->
                streams.forEach(
                    (direction, stream) ->
                        action.accept(new StreamName(table, direction), stream)));
  }
}
