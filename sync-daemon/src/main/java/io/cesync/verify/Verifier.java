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
import io.cesync.verify.Patience.AwayException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Compares tables with their indices; changes nothing by itself. Waits for the servers. */
public final class Verifier {

  /** How long a server may be away. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CqlSession session;
  private final SearchClient client;
  private final Settings settings;
  private final Surroundings around;
  private final boolean scheduled;

  /**
   * @param scheduled whether it is the daemon that compares; its progress is kept by itself
   */
  public Verifier(
      CqlSession session,
      SearchClient client,
      Settings settings,
      Surroundings around,
      boolean scheduled) {
    this.session = session;
    this.client = client;
    this.settings = settings;
    this.around = around;
    this.scheduled = scheduled;
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
   * @param each told of each difference, one after the other
   * @throws UserError if it can't be compared now, or not repaired in this way
   * @throws StoppedException if it was stopped; what was compared is kept
   */
  public TableResult verify(
      TableFacts facts, Options options, Watcher watcher, Consumer<Difference> each)
      throws IOException, InterruptedException {
    TableSettings table = facts.settings();
    try {
      return compare(facts, options, watcher, each);
    } catch (AwayException e) {
      throw new UserError(
          "%s can't be compared: %s. What was compared is kept; %s goes on from there."
              .formatted(
                  table.table(),
                  e.getMessage(),
                  scheduled ? "the next time" : "./run.sh verify --resume"),
          e);
    } catch (DriverException e) {
      throw cannot(table, e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof UserError error) {
        throw error;
      } else if (SearchClient.isOurs(e) || e.getCause() instanceof DriverException) {
        throw cannot(table, e);
      }
      throw e;
    }
  }

  private static UserError cannot(TableSettings table, RuntimeException why) {
    return new UserError(
        table.table() + " can't be compared now: " + SearchClient.message(why), why);
  }

  private TableResult compare(
      TableFacts facts, Options options, Watcher watcher, Consumer<Difference> each)
      throws IOException, InterruptedException {
    TableSettings table = facts.settings();
    ProgressFile file = file(table);
    Beginning beginning = new Beginning(client, facts, file, around.clock(), watcher, scheduled);
    Course course = beginning.course(options);
    if (course.from().result() != null) {
      return course.from().result();
    }
    Patience patience = new Patience(around.clock(), around.pause(), PATIENCE);
    Following following = new Following(settings, table, around, patience, watcher);
    following.requireCopied();
    following.tellIfNobodyFollows(options.repair());
    Optional<ExpiryLog> repair = options.repair() ? Optional.of(log(table)) : Optional.empty();
    Sides sides = new Sides(session, client, settings, facts, patience);
    Comparison comparison = new Comparison(facts.mapping(), table);
    RateLimit limit = new RateLimit(options.rate(), around.clock());
    patience.call(() -> new Indices(client).refresh(table.index()));
    TableResult result =
        new TableVerifier(
                table.table().toString(),
                beginning,
                course,
                comparison,
                sides,
                new RowSide(
                    sides,
                    comparison,
                    course.suspects(),
                    patience,
                    limit,
                    settings.snapshot().pageSize()),
                new DocumentSide(client, facts, sides, course.suspects(), patience, limit),
                following,
                patience,
                table.followsIndex(),
                letters(table),
                repair,
                around.clock())
            .verify(options.parallel(), each);
    beginning.requireSameIndex();
    course.save(result);
    return result;
  }

  /** Removes what was kept of a table that has been compared. */
  public void forget(TableSettings table) throws IOException {
    file(table).delete();
  }

  private ProgressFile file(TableSettings table) {
    return ProgressFile.of(settings.stateFile(), table.table(), scheduled);
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
        around.clock());
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
