package io.cesync.sync;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.changelog.LogReader;
import io.cesync.changelog.NoLog;
import io.cesync.connect.SchemaEvents;
import io.cesync.deadletter.DeadLetters;
import io.cesync.deadletter.Requests;
import io.cesync.document.BulkLimits;
import io.cesync.document.BulkSender;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.document.ServerVersion;
import io.cesync.inspect.Inspection;
import io.cesync.inspect.LogFacts;
import io.cesync.inspect.TableFacts;
import io.cesync.intents.IntentLog;
import io.cesync.ledger.Ledger;
import io.cesync.mapping.TimestampField;
import io.cesync.settings.ChangesBy;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.snapshot.ExpiryLog;
import io.cesync.snapshot.TokenSplit;
import io.cesync.state.SnapshotState;
import io.cesync.state.State;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All tables at work. One thread decides for all of them; a few workers turn rows into documents;
 * the rest is done by the clients' own threads. Methods may be called from any thread.
 */
public final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Direction DIRECTION = Direction.CASSANDRA_TO_ELASTICSEARCH;

  private static final long INTENT_BYTES = 4L << 20;

  /** After what a drain waits, which took its time already if a server doesn't answer. */
  private static final long LAST_ENTRIES_MILLIS = 1_000;

  private final Shared shared;
  private final SchemaEvents schema;
  private final boolean beside;
  private final List<TableRun> runs = new ArrayList<>();
  private final List<SchemaFollower> followers = new ArrayList<>();

  /** Of the thread that decides: a question beside the tables' own requests found nobody. */
  private boolean failedBeside;

  private Engine(Shared shared, SchemaEvents schema, boolean beside) {
    this.shared = shared;
    this.schema = schema;
    this.beside = beside;
  }

  /**
   * Starts to sync all tables of an inspection, from where the state says.
   *
   * @param beside whether another engine follows the same tables with other indices: the dead
   *     letters that are there are that one's
   * @param times told of each request
   * @param fatal told of what should never happen; close the engine then
   * @throws IOException if the search server can't be asked about its indices
   */
  public static Engine start(
      Settings settings,
      CqlSession session,
      SearchClient client,
      SchemaEvents schema,
      Inspection inspection,
      State state,
      boolean beside,
      Clock clock,
      RequestTimes times,
      Consumer<Throwable> fatal)
      throws IOException {
    Backoff backoff =
        new Backoff(settings.retry().initial().toMillis(), settings.retry().max().toMillis());
    RandomGenerator random = RandomGenerator.getDefault();
    BulkLimits limits =
        new BulkLimits(
            settings.bulk().maxDocuments(),
            settings.bulk().maxBytes().bytes(),
            settings.bulk().inFlight());
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(task -> daemonThread(task, "cesync-sync"));
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors() / 2),
            task -> daemonThread(task, "cesync-worker"));
    Shared shared =
        new Shared(
            settings,
            session,
            client,
            new BulkSender(client, limits),
            thread,
            workers,
            new Gate("Cassandra", backoff, random),
            new Gate("Elasticsearch", backoff, random),
            clock,
            IntentLog.open(IntentLog.beside(settings.stateFile()), INTENT_BYTES),
            times,
            fatal);
    Engine engine = new Engine(shared, schema, beside);
    try {
      ServerVersion server = new Indices(client).version();
      for (TableFacts table : inspection.tables()) {
        engine.add(table, inspection.log().orElseThrow(), state, server);
      }
      shared.intents().dropRest();
      engine.followers.forEach(schema::add);
      return engine;
    } catch (IOException | RuntimeException e) {
      // Tables that have begun would go on beside the next engine.
      engine.close();
      throw e;
    }
  }

  private static Thread daemonThread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void add(TableFacts facts, LogFacts log, State state, ServerVersion server)
      throws IOException {
    TableName name = facts.settings().table();
    StreamState backBefore = state.stream(name, Direction.ELASTICSEARCH_TO_CASSANDRA);
    Optional<IndexStart> back =
        facts.settings().followsIndex() ? Optional.of(back(facts, backBefore)) : Optional.empty();
    Optional<TableLedger> ledger =
        back.map(start -> ledger(facts, log, start.era(), backBefore.ledgerName()));
    TimestampField times =
        TimestampField.of(facts.settings().timestampField(), facts.index().mapping());
    TargetFactory targets = new TargetFactory(shared, server, ledger, times);
    StreamState before =
        begin(facts, log, state.stream(name, DIRECTION), back.flatMap(IndexStart::replaced));
    Letters letters =
        new Letters(
            letters(facts, log, Direction.CASSANDRA_TO_ELASTICSEARCH),
            letters(facts, log, Direction.ELASTICSEARCH_TO_CASSANDRA));
    SchemaFollower follower = new SchemaFollower(shared, facts, targets);
    TableSync sync =
        new TableSync(
            shared,
            name.toString(),
            targets.of(facts.mapping(), facts.settings(), facts.isCounter()),
            facts.settings().followsTable() ? reader(facts, log) : new NoLog(log.layout()),
            letters,
            before.position().orElseThrow(),
            follower);
    follower.follow(sync);
    followers.add(follower);
    TableRun run = new TableRun(shared, facts, sync, before, backBefore);
    runs.add(run);
    back.ifPresent(start -> run.followIndex(server, start, ledger.orElseThrow(), times));
    run.start(
        new ExpiryLog(
            shared.session(),
            log.table(),
            log.layout(),
            log.retentionSeconds(),
            name.keyspace(),
            name.table(),
            shared.clock()));
  }

  private LogReader reader(TableFacts facts, LogFacts log) {
    TableName name = facts.settings().table();
    return new LogReader(
        shared.session(),
        log.table(),
        log.layout(),
        CqlIdentifier.fromInternal(name.keyspace()),
        CqlIdentifier.fromInternal(name.table()),
        facts.mapping().keys(),
        shared.settings().read().pageSize());
  }

  private DeadLetters letters(TableFacts facts, LogFacts log, Direction direction) {
    DeadLetters letters =
        new DeadLetters(
            shared.session(), log.table().keyspace(), facts.settings().table(), direction);
    if (!beside) {
      letters.load();
    }
    return letters;
  }

  /** How following its index begins. */
  private IndexStart back(TableFacts facts, StreamState known) throws IOException {
    Indices indices = new Indices(shared.client());
    return IndexStart.of(
        known,
        facts.tableId().toString(),
        facts.index().uuid(),
        positions -> indices.broken(facts.index().name(), positions.values()),
        () -> Long.toString(shared.clock().millis(), Character.MAX_RADIX));
  }

  private TableLedger ledger(
      TableFacts facts, LogFacts log, String era, Optional<String> ledgerName) {
    TableName name = facts.settings().table();
    boolean seesDeletes = facts.settings().changesBy() == ChangesBy.SEQ_NO;
    return new TableLedger(
        new Ledger(
            shared.session(),
            log.table().keyspace(),
            name.keyspace(),
            ledgerName.orElse(name.table()),
            shared.settings().read().groupSize(),
            seesDeletes,
            MemoryShare.ledgerBytes(shared.settings().tables().size()),
            shared.intents()::mark),
        era,
        facts.index().shards(),
        seesDeletes,
        new AtomicLong(Long.MIN_VALUE),
        new FirstLook(),
        new OwnNumbers());
  }

  /** The state that a table starts with. */
  private StreamState begin(
      TableFacts facts, LogFacts log, StreamState known, Optional<String> replaced)
      throws IOException {
    Instant now = shared.clock().instant();
    StreamState.LogLayout layout =
        new StreamState.LogLayout(log.layout().bucketSeconds(), log.layout().shards());
    if (!facts.settings().followsTable()) {
      return known
          .withIdentity(
              facts.settings().index(), facts.index().uuid(), facts.tableId().toString(), layout)
          .withSnapshot(SnapshotState.NONE)
          .withPosition(now);
    }
    StartPlan plan =
        StartPlan.of(
            known,
            new StartPlan.Facts(
                facts.index().uuid(),
                facts.tableId().toString(),
                layout,
                Duration.ofSeconds(log.retentionSeconds())),
            now);
    StreamState state =
        known.withIdentity(
            facts.settings().index(), facts.index().uuid(), facts.tableId().toString(), layout);
    Optional<String> why = plan.newSnapshot().or(() -> replaced);
    if (why.isEmpty()) {
      LOG.info("{}: going on from {}.", facts.settings().table(), state.position().orElseThrow());
      return state;
    }
    Instant from = now.minus(shared.settings().lateWindow());
    SnapshotState snapshot =
        SnapshotState.begun(now, TokenSplit.PARTS, documentsBefore(facts), from);
    if (!shared.settings().snapshot().enabled()) {
      LOG.warn(
          "{}: {}, but snapshots are off (snapshot.enabled): only changes from now on are"
              + " followed.",
          facts.settings().table(),
          why.get());
      return state.withSnapshot(snapshot.done(now)).withPosition(from);
    }
    log(facts, known, why.get());
    return state.withSnapshot(snapshot).withPosition(from);
  }

  private static void log(TableFacts facts, StreamState known, String why) {
    if (known.position().isEmpty()) {
      LOG.info(
          "{}: copying the table into {}.", facts.settings().table(), facts.settings().index());
    } else {
      LOG.warn(
          "{}: {}. To miss nothing, the table is copied anew into {}.",
          facts.settings().table(),
          why,
          facts.settings().index());
    }
  }

  private List<Long> documentsBefore(TableFacts facts) throws IOException {
    Map<Integer, Long> highest = new Indices(shared.client()).sequenceNumbers(facts.index().name());
    return highest.values().stream().allMatch(number -> number < 0)
        ? List.of()
        : List.copyOf(highest.values());
  }

  /** The state with what has been done up to now; what it relies on is on the disk. */
  public State state(State before) {
    State state = onLoop(() -> stateNow(before));
    shared.intents().force();
    return state;
  }

  private State stateNow(State before) {
    State state = before;
    for (TableRun run : runs) {
      if (run.facts().settings().followsTable()) {
        state = state.with(run.name(), DIRECTION, run.state());
      }
      Optional<StreamState> back = run.searchState();
      if (back.isPresent()) {
        state = state.with(run.name(), Direction.ELASTICSEARCH_TO_CASSANDRA, back.orElseThrow());
      }
    }
    return state;
  }

  /**
   * Has a look taken at it, on the thread that decides; doesn't wait for it.
   *
   * @param seen told there of the state, and of what isn't in it
   */
  public void look(State before, BiConsumer<State, Vitals> seen) {
    execute(() -> seen.accept(stateNow(before), vitals()));
  }

  private Vitals vitals() {
    Map<TableName, Map<Direction, Vitals.Stream>> streams = new HashMap<>();
    runs.forEach(run -> streams.put(run.name(), run.vitals()));
    return new Vitals(
        shared.cassandra().isOpen(),
        shared.search().isOpen(),
        shared.sender().queuedBytes(),
        streams);
  }

  /**
   * The search server was asked something beside the tables' own requests, of which a quiet
   * installation has none. That it answers counts only where such a question had failed: it may
   * answer and yet refuse what tables write.
   *
   * @param failure why it didn't answer; null if it did
   */
  public void searchAnswered(IOException failure) {
    execute(
        () -> {
          long now = shared.clock().millis();
          if (failure != null) {
            failedBeside = true;
            shared.search().failed(SearchClient.message(failure), now);
          } else if (failedBeside) {
            // Not before the gate lets something through, which may take until a later answer.
            shared.search().succeeded(now);
            failedBeside = !shared.search().isOpen();
          }
        });
  }

  /** Tries once more what was refused of a table: what refused it has changed. */
  public void retryDeadLetters(TableName table) {
    take(new Requests.Request(table.toString(), null, false));
  }

  /** Does what is asked for about a table's dead letters. */
  public void take(Requests.Request request) {
    runs.stream()
        .filter(run -> run.name().toString().equals(request.table()))
        .forEach(run -> run.sync().take(request));
  }

  /** Whether all that was written before a time is on the other side. */
  public boolean isUpToDate(Instant since) {
    return onLoop(() -> runs.stream().allMatch(run -> run.isUpToDate(since)));
  }

  /** Runs a task on the thread that decides: when it runs, that thread is alive. */
  public void execute(Runnable task) {
    shared.thread().execute(task);
  }

  private <T> T onLoop(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, shared.thread()).join();
  }

  /**
   * Stops reading, and waits a moment for what is on its way. Ask for the {@link #state} after
   * {@link #drain} and before this.
   */
  @Override
  public void close() {
    followers.forEach(schema::remove);
    shared.thread().shutdownNow();
    shared.workers().shutdownNow();
    stopLedgers();
    shared.intents().close();
  }

  /** What they wrote later would be newer than what the next engine has written by then. */
  private void stopLedgers() {
    try {
      CompletableFuture.allOf(
              runs.stream()
                  .map(run -> run.sync().stopLedger().toCompletableFuture())
                  .toArray(CompletableFuture[]::new))
          .get(LAST_ENTRIES_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Entries of the ledger are still being written", e);
    }
  }

  /** Why tables have to begin anew with another inspection; empty if they don't. */
  public Optional<String> outdated() {
    return followers.stream().flatMap(follower -> follower.outdated().stream()).findFirst();
  }

  /** Takes no more work and waits for what is on its way, at most so long. */
  public void drain(Duration most) {
    onLoop(
        () -> {
          runs.forEach(run -> run.sync().stop());
          return null;
        });
    long end = System.nanoTime() + most.toNanos();
    try {
      while (System.nanoTime() < end
          && !onLoop(() -> runs.stream().allMatch(run -> run.sync().isQuiet()))) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      writeOwed(end - System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What isn't written in time is noted, and written at the next start. */
  private void writeOwed(long nanos) throws InterruptedException {
    try {
      onLoop(
              () ->
                  CompletableFuture.allOf(
                      runs.stream()
                          .map(run -> run.sync().flush().toCompletableFuture())
                          .toArray(CompletableFuture[]::new)))
          .get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The ledger doesn't have all entries", e);
    }
  }
}
