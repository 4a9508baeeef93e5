package io.cesync.sync;

import io.cesync.Micros;
import io.cesync.changelog.Entry;
import io.cesync.changelog.EntrySource;
import io.cesync.changelog.LogPage;
import io.cesync.changelog.Tail;
import io.cesync.changelog.TailTimes;
import io.cesync.deadletter.Requests;
import io.cesync.document.DocumentOp;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.document.SharedRefresh;
import io.cesync.document.StoredDocument;
import io.cesync.document.WriteResult;
import io.cesync.document.WriteResult.Scope;
import io.cesync.row.ReadFailure;
import io.cesync.settings.Settings;
import io.cesync.state.StreamState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Keeps one index in step with one table: takes what the {@link Tail} finds into the {@link
 * Worklist}, and sends as many keys from there as servers and memory allow. All state is confined
 * to the loop's thread; {@link #start}, and what says so, may be called from others.
 */
final class TableSync implements Tail.Listener {

  private static final long SETTLED_MILLIS = 5_000;
  private static final long IDLE_MILLIS = 60_000;

  /** Entries of the log that are older and aren't read yet are a lot to do. */
  private static final long BEHIND_MILLIS = 5_000;

  private final Shared shared;
  private final String name;
  private final EntrySource log;
  private final Worklist worklist;
  private final Shown shown;
  private final Tally tally = new Tally();
  private final Tally toTable = new Tally();
  private final LagMeter lag = new LagMeter();
  private final LagMeter lagToTable = new LagMeter();
  private final MemoryShare share;
  private final Gate index;
  private final TableLoop loop;
  private final Flights flights;
  private final Resolver resolver;
  private final Optional<WriteBehind> writeBehind;
  private final TailTimes times;
  private final Deque<CompletableFuture<Void>> waitingForRoom = new ArrayDeque<>();
  private final SchemaWatch schema;
  private final AfterOutage afterOutage;
  private final List<Chore> chores = new ArrayList<>();
  private final Letters letters;
  private final LetterRetry retry;

  private Tail tail;
  private SearchTail searchTail;
  private String lastError;
  private Instant lastErrorAt;
  private long finished;

  /**
   * @param start the position to go on from
   */
  TableSync(
      Shared shared,
      String name,
      TableTarget target,
      EntrySource log,
      Letters letters,
      Instant start,
      SchemaWatch schema) {
    this.shared = shared;
    this.name = name;
    this.log = log;
    this.letters = letters;
    retry = new LetterRetry(this, letters);
    // Looks at partitions of two-way tables don't write.
    worklist = new Worklist(target.twoWay().isEmpty());
    Settings settings = shared.settings();
    Backoff backoff =
        new Backoff(settings.retry().initial().toMillis(), settings.retry().max().toMillis());
    RandomGenerator random = RandomGenerator.getDefault();
    long lateWindow = settings.lateWindow().toMillis();
    times =
        new TailTimes(
            settings.interval().toMillis(),
            settings.busyInterval().toMillis(),
            lateWindow,
            shared.clock());
    Looks looks = new Looks(Math.min(SETTLED_MILLIS, lateWindow), lateWindow);
    index = new Gate("The index " + target.index(), backoff, random);
    share = MemoryShare.of(settings.maxPending(), settings.tables().size());
    shown = new Shown(share.shownKeys(), share.shownChars(), looks.settled());
    loop = new TableLoop(shared.thread(), this::step, shared.fatal());
    resolver =
        new Resolver(
            name,
            worklist,
            tally,
            toTable,
            lag,
            lagToTable,
            letters,
            this::rememberPlace,
            looks,
            backoff,
            shared.cassandra(),
            shared.search(),
            index,
            loop,
            shared.clock(),
            random,
            this::askForSchema);
    flights =
        new Flights(
            shared,
            target,
            worklist,
            index,
            new InFlightBudget(share.inFlightBytes(), share.inFlightKeys()),
            share.passes(),
            looks,
            shown,
            new SharedRefresh(new Indices(shared.client()), target.index()),
            loop,
            this::resolve);
    writeBehind =
        target
            .twoWay()
            .map(
                twoWay ->
                    new WriteBehind(
                        twoWay.ledger().ledger(),
                        worklist,
                        share,
                        shared.cassandra(),
                        loop,
                        shared.clock(),
                        this::note));
    afterOutage = new AfterOutage(lateWindow);
    tail = tailFrom(start.toEpochMilli());
    this.schema = schema;
  }

  private CompletionStage<Void> rememberPlace(Pending pending) {
    return RefusedPlaces.remember(target(), pending, Micros.of(shared.clock().instant()));
  }

  private Tail tailFrom(long millis) {
    return new Tail(log, times, millis, share.seenIds(), loop, this);
  }

  /** Begins. From any thread. */
  void start() {
    loop.execute(() -> {});
  }

  /** Work that goes on beside the tail and shares its worklist: a snapshot, say. */
  interface Chore {
    /** Starts what is due. True once there is nothing left to do. */
    boolean step(long now);
  }

  /** Looks for changes of the index, too. */
  void add(SearchTail added) {
    loop.execute(() -> searchTail = added);
  }

  /** How far the index's changes are; empty if they are not followed. On the loop's thread. */
  Optional<SearchProgress> searchProgress() {
    return Optional.ofNullable(searchTail).map(this::searchProgress);
  }

  private SearchProgress searchProgress(SearchTail followed) {
    long now = shared.clock().millis();
    Changes changes = followed.changes();
    return new SearchProgress(
        changes.positions(),
        changes.firstLook(),
        changes.position(),
        changes.readTo(),
        toTable.counts(),
        toTable.lastApplied(),
        followed.isBringing()
            ? changes.readTo().map(at -> Math.max(0, now - at.toEpochMilli())).orElse(0L)
            : 0,
        lagToTable.lastMinute(now));
  }

  void add(Chore chore) {
    loop.execute(() -> chores.add(chore));
  }

  /** Takes what is due, and tells in how many milliseconds there may be more. */
  private long step() {
    long now = shared.clock().millis();
    if (!retry.isIdle() && allOpen(now)) {
      retry.step();
    }
    flights.send(now);
    boolean isSearching = searchTail != null && searchTail.isSearching();
    writeBehind.ifPresent(behind -> behind.step(now, isLogBehind(now), isSearching || !hasRoom()));
    makeRoom();
    afterOutage.look(shared.cassandra(), tail.confirmedTo(), now);
    if (afterOutage.isDue(now)) {
      tail.abandon();
      tail = tailFrom(afterOutage.take());
    }
    if (shared.cassandra().allowed(1, now) > 0 && hasRoom()) {
      tail.step(now, this::room);
    }
    // Not only while they are open: it may be a chore's own request that finds a server back.
    if (allOpen(now)) {
      chores.removeIf(chore -> chore.step(now));
    }
    if (searchTail != null && allOpen(now)) {
      searchTail.step(now);
    }
    long next = Math.min(tail.nextAt(), worklist.nextDueAt());
    next = searchTail == null ? next : Math.min(next, searchTail.nextAt());
    next = Math.min(next, writeBehind.map(behind -> behind.nextAt(now)).orElse(Long.MAX_VALUE));
    next = Math.min(next, shared.cassandra().nextChangeAt(now));
    next = Math.min(next, shared.search().nextChangeAt(now));
    next = Math.min(next, index.nextChangeAt(now));
    return Math.max(2, Math.min(IDLE_MILLIS, next - shared.clock().millis()));
  }

  /** Completes once the ledger has all that it is owed now. */
  CompletionStage<Void> flush() {
    return writeBehind.map(WriteBehind::flush).orElse(CompletableFuture.completedFuture(null));
  }

  /** Has the ledger's entries be written no more; completes once none is. From any thread. */
  CompletionStage<Void> stopLedger() {
    return writeBehind.map(WriteBehind::stop).orElse(CompletableFuture.completedFuture(null));
  }

  private boolean allOpen(long now) {
    return Stream.of(shared.cassandra(), shared.search(), index)
        .allMatch(gate -> gate.allowed(1, now) > 0);
  }

  private void note(Outcome outcome) {
    if (outcome instanceof Outcome.Retry retry) {
      note(retry.reason());
    } else if (outcome instanceof Outcome.Unread unread) {
      note(unread.reason());
    } else if (outcome instanceof Outcome.Rejected rejected) {
      note("dead letter: " + rejected.reason());
    }
  }

  /** The last error; empty if there was none. On the loop's thread. */
  Optional<StreamState.LastError> lastError() {
    return Optional.ofNullable(lastError)
        .map(message -> new StreamState.LastError(lastErrorAt, message));
  }

  /** The last error is this. On the loop's thread. */
  void note(String error) {
    lastError = error;
    lastErrorAt = shared.clock().instant();
  }

  /**
   * A row from elsewhere than the log: take it as if it were back from an attempt. On the loop's
   * thread.
   */
  void resolve(Landing landing) {
    finished += landing.outcome() instanceof Outcome.Done ? 1 : 0;
    resolver.resolve(landing);
    note(landing.outcome());
  }

  /** Writes documents within this table's limits. From any thread. */
  CompletionStage<List<WriteResult>> write(List<DocumentOp> ops) {
    return flights.target().write(shared.sender(), ops);
  }

  /** So many rows were copied. On the loop's thread. */
  void copied(int rows) {
    tally.applied += rows;
  }

  /** A key that isn't in the log. On the loop's thread. */
  void put(Pending pending) {
    pending.dueAt = shared.clock().millis();
    worklist.put(pending, pending.dueAt);
  }

  /** Tries once more what was refused. On the loop's thread. */
  void lookAtDeadLetters() {
    retry.addAll();
  }

  /** Does what is asked for about dead letters. From any thread. */
  void take(Requests.Request request) {
    loop.execute(
        () -> {
          if (request.dropped()) {
            letters.forget(request.key());
            retry.forget(request.key());
          } else if (request.key() == null) {
            lookAtDeadLetters();
          } else {
            retry.add(List.of(request.key()));
          }
        });
  }

  /** What was refused and isn't over yet. On the loop's thread. */
  Letters letters() {
    return letters;
  }

  /** Whether chores may add more keys. */
  boolean hasRoomForMore() {
    return hasRoom(2);
  }

  private boolean hasRoom() {
    return hasRoom(1);
  }

  private boolean hasRoom(int parts) {
    int owedKeys = writeBehind.map(WriteBehind::keys).orElse(0);
    long owedChars = writeBehind.map(WriteBehind::chars).orElse(0L);
    return hasRoom(worklist.size(), worklist.chars(), parts)
        && hasRoom(worklist.size() + owedKeys, worklist.chars() + owedChars, 1);
  }

  private boolean hasRoom(int keys, long chars, int parts) {
    return keys < share.pendingKeys() / parts && chars < share.pendingChars() / parts;
  }

  /** Whether more keys wait than can be on their way, or are still in the log. */
  boolean isBusy() {
    return worklist.size() > share.inFlightKeys() || isLogBehind(shared.clock().millis());
  }

  private boolean isLogBehind(long now) {
    return now - tail.readTo() > BEHIND_MILLIS;
  }

  /** Completes, on the loop's thread, once there is room for more keys. */
  CompletionStage<Void> room() {
    if (hasRoom()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> ready = new CompletableFuture<>();
    waitingForRoom.add(ready);
    return ready;
  }

  private void makeRoom() {
    while (hasRoom() && !waitingForRoom.isEmpty()) {
      waitingForRoom.removeFirst().complete(null);
    }
  }

  @Override
  public void found(Entry entry, boolean late) {
    if (late) {
      tally.late++;
    }
    if (schema.isNews(entry.columns())) {
      askForSchema();
    } else if (shown.covers(entry)) {
      return;
    }
    worklist.add(entry, shared.clock().millis());
  }

  @Override
  public void unreadable(LogPage.Unreadable row) {
    resolver.unreadable(row);
  }

  @Override
  public void failed(Throwable cause) {
    String reason = ReadFailure.reason(cause);
    note(reason);
    shared.cassandra().failed(reason, shared.clock().millis());
  }

  @Override
  public void succeeded() {
    shared.cassandra().succeeded(shared.clock().millis());
  }

  /** The index answered a search. On the loop's thread. */
  void searchSucceeded() {
    long now = shared.clock().millis();
    shared.search().succeeded(now);
    index.succeeded(now);
  }

  /** A request of a search failed, or one of Cassandra's. On the loop's thread. */
  void failedElsewhere(Throwable cause) {
    if (!SearchClient.isOurs(cause)) {
      failed(cause);
      return;
    }
    failedElsewhere(SearchClient.scope(cause), SearchClient.message(cause));
  }

  /** The search server, or the index, didn't answer. On the loop's thread. */
  void failedElsewhere(Scope scope, String reason) {
    note(reason);
    Gate gate = scope == Scope.SERVER ? shared.search() : index;
    gate.failed(reason, shared.clock().millis());
  }

  /** A document that can't be a row's. On the loop's thread. */
  void refuseDocument(StoredDocument document, String reason) {
    byte[] source = document.source();
    resolver.refuseDocument(
        document.id(), reason, source == null ? null : new String(source, StandardCharsets.UTF_8));
    note("dead letter: " + reason);
  }

  /** A document is gone that was no row's. On the loop's thread. */
  void foreignDocumentGone(String id) {
    letters.ofDocuments().resolved(Resolver.foreignKey(id));
  }

  /** The table has to begin anew, and why. */
  void outdated(String why) {
    schema.outdated(why);
  }

  void askForSchema() {
    schema.refresh();
  }

  /**
   * The table's schema has changed. What was read since the change began may lack a new column, so
   * the late window is applied again. From any thread.
   */
  void schemaChanged(TableTarget changed) {
    loop.execute(
        () -> {
          flights.redirect(changed);
          lookAtDeadLetters();
          tail.abandon();
          tail = tailFrom(tail.confirmedTo());
        });
  }

  /** Takes no more work. On the loop's thread. */
  void stop() {
    loop.stop();
    tail.abandon();
  }

  /** Whether nothing is on its way. On the loop's thread. */
  boolean isQuiet() {
    return worklist.inFlight() == 0 && (searchTail == null || !searchTail.isSearching());
  }

  TableTarget target() {
    return flights.target();
  }

  /** What this table may keep in memory. */
  MemoryShare share() {
    return share;
  }

  TableLoop loop() {
    return loop;
  }

  /** Whether something that was written before a time is still to come. On the loop's thread. */
  boolean isBehind(Instant since) {
    return Instant.ofEpochMilli(tail.readTo()).isBefore(since)
        || worklist.isBehind(since.toEpochMilli());
  }

  private static Optional<Instant> oldest(long millis) {
    return millis == Pending.NO_ENTRY
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** How the table's changes are just now. On the loop's thread. */
  Vitals.Stream vitals() {
    return new Vitals.Stream(
        Optional.of(Instant.ofEpochMilli(tail.readTo())),
        worklist.size(),
        worklist.inFlight(),
        finished + flights.pages(),
        oldest(worklist.recentBacklog(shared.clock().millis()).oldestNotBrought()),
        index.isOpen());
  }

  /** The same of the index's changes; empty if they are not followed. On the loop's thread. */
  Optional<Vitals.Stream> searchVitals() {
    return Optional.ofNullable(searchTail)
        .map(
            followed ->
                new Vitals.Stream(
                    followed.changes().readTo(),
                    followed.found(),
                    0,
                    followed.brought(),
                    Optional.empty(),
                    index.isOpen()));
  }

  /** How far it is. On the loop's thread. */
  Progress progress() {
    long now = shared.clock().millis();
    Histogram lastMinute = lag.lastMinute(now);
    Worklist.Backlog backlog = worklist.backlog(now);
    long waiting = backlog.oldestNotBrought();
    return new Progress(
        name,
        Instant.ofEpochMilli(
            Math.min(afterOutage.position(tail.confirmedTo()), backlog.oldestEntry())),
        Instant.ofEpochMilli(tail.readTo()),
        worklist.size(),
        waiting == Pending.NO_ENTRY ? 0 : Math.max(0, now - waiting),
        lastMinute,
        tally.counts(),
        tally.lastApplied(),
        lastError,
        lastErrorAt,
        chores.isEmpty() && retry.isIdle());
  }
}
