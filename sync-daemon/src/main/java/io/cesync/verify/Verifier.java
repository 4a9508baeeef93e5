package io.cesync.verify;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.cesync.UserError;
import io.cesync.deadletter.DeadLetters;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.inspect.Inspector;
import io.cesync.inspect.LogFacts;
import io.cesync.inspect.TableFacts;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import io.cesync.snapshot.ExpiryLog;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Compares tables with their indices; changes nothing by itself. Waits for the servers. */
public final class Verifier {

  /** What is different for so short a time is mostly on its way. */
  private static final List<Long> FIRST_WAITS = List.of(500L, 2_000L);

  private static final int PARALLEL = 4;

  private final CqlSession session;
  private final SearchClient client;
  private final Settings settings;
  private final Clock clock;

  public Verifier(CqlSession session, SearchClient client, Settings settings, Clock clock) {
    this.session = session;
    this.client = client;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The tables to compare, all if none is named.
   *
   * @throws UserError that names the tables there are, if one is unknown; or if there is a problem
   */
  public List<TableFacts> tables(List<String> names) throws IOException {
    List<String> known = settings.tables().stream().map(t -> t.table().toString()).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserError(
            "The settings have no table " + name + "; they have " + String.join(", ", known) + ".");
      }
    }
    return new Inspector(session, new Indices(client), settings)
        .inspect().orThrow().tables().stream()
            .filter(t -> names.isEmpty() || names.contains(t.settings().table().toString()))
            .toList();
  }

  /**
   * Compares one table.
   *
   * @param repair whether the daemon is to look at what differs, by entries of the change log
   * @param step told of each token range
   * @throws UserError if it can't be compared now, or not repaired in this way
   */
  public TableResult verify(TableFacts facts, boolean repair, Runnable step)
      throws IOException, InterruptedException {
    TableSettings table = facts.settings();
    List<Long> waits = new ArrayList<>(FIRST_WAITS);
    waits.add(settings.lateWindow().plus(settings.interval()).toMillis());
    ExecutorService workers = Executors.newFixedThreadPool(PARALLEL);
    try {
      Sides sides = new Sides(session, client, settings, table, facts.mapping());
      return new TableVerifier(client, table, facts.mapping(), sides, workers)
          .verify(waits, letters(table), repair ? Optional.of(log(table)) : Optional.empty(), step);
    } catch (CompletionException e) {
      if (e.getCause() instanceof UserError error) {
        throw error;
      } else if (SearchClient.isOurs(e) || e.getCause() instanceof DriverException) {
        throw new UserError(
            table.table() + " can't be compared now: " + SearchClient.message(e), e);
      }
      throw e;
    } finally {
      workers.shutdownNow();
    }
  }

  private ExpiryLog log(TableSettings table) {
    if (!table.followsTable()) {
      throw new UserError(
          table.table() + " has no change log that is followed, so --repair can't be used for it.");
    }
    LogFacts log = new Inspector(session, new Indices(client), settings).changeLog().orElseThrow();
    return new ExpiryLog(
        session,
        log.table(),
        log.layout(),
        log.retentionSeconds(),
        table.table().keyspace(),
        table.table().table(),
        clock);
  }

  private Set<String> letters(TableSettings table) {
    Set<String> keys = new HashSet<>();
    for (Direction direction :
        List.of(Direction.CASSANDRA_TO_ELASTICSEARCH, Direction.ELASTICSEARCH_TO_CASSANDRA)) {
      DeadLetters letters =
          new DeadLetters(session, Inspector.LOG.keyspace(), table.table(), direction);
      letters.load();
      keys.addAll(letters.keys());
    }
    return keys;
  }
}
