package io.cesync.sync;

import io.cesync.document.SeqNoTail;
import io.cesync.document.ServerVersion;
import io.cesync.document.ShardPosition;
import io.cesync.document.TimestampTail;
import io.cesync.document.VanishedSearch;
import io.cesync.inspect.TableFacts;
import io.cesync.intents.IntentLog;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.TimestampField;
import io.cesync.row.RowKey;
import io.cesync.settings.ChangesBy;
import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import io.cesync.snapshot.ExpiryLog;
import io.cesync.state.SearchShard;
import io.cesync.state.SnapshotState;
import io.cesync.state.SnapshotState.Status;
import io.cesync.state.StreamState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table from start to stop: its snapshot if it needs one, its tail, and what the state file
 * says of it.
 */
final class TableRun {

  private static final Logger LOG = LoggerFactory.getLogger(TableRun.class);

  private final Shared shared;
  private final TableFacts facts;
  private final TableSync sync;
  private final StreamState before;
  private final StreamState searchBefore;
  private SnapshotState snapshot;
  private String era;

  /**
   * @param before its state at the start, with the plan's decisions in it
   * @param searchBefore the state of the other direction at the start
   */
  TableRun(
      Shared shared,
      TableFacts facts,
      TableSync sync,
      StreamState before,
      StreamState searchBefore) {
    this.shared = shared;
    this.facts = facts;
    this.sync = sync;
    this.before = before;
    this.searchBefore = searchBefore;
    this.snapshot = before.snapshot();
  }

  TableName name() {
    return facts.settings().table();
  }

  TableFacts facts() {
    return facts;
  }

  TableSync sync() {
    return sync;
  }

  void start(ExpiryLog expiries) {
    if (snapshot.status() == Status.RUNNING) {
      Snapshot copy =
          new Snapshot(
              shared,
              sync,
              name().toString(),
              expiries,
              snapshot,
              state -> {
                snapshot = state;
              });
      GhostSweep ghosts =
          new GhostSweep(shared, sync, snapshot.documentsBefore(), this::snapshotDone);
      // Of a two-way table, documents without rows are the application's.
      boolean oneWay = !facts.settings().followsIndex();
      sync.add(now -> copy.step(now) && (oneWay ? ghosts.step(now) : copied()));
    }
    sync.loop().execute(sync::lookAtDeadLetters);
    sync.start();
  }

  private boolean copied() {
    snapshotDone();
    return true;
  }

  /** Brings the index's changes to the table, too. */
  void followIndex(
      ServerVersion server, IndexStart start, TableLedger ledger, TimestampField times) {
    era = start.era();
    TableIntents intents = sync.target().twoWay().orElseThrow().intents();
    List<IntentLog.Left> left =
        FormerEntries.owe(name().toString(), ledger.ledger(), intents, era, intents.left());
    Changes changes =
        facts.settings().changesBy() == ChangesBy.SEQ_NO
            ? byNumbers(server, start, ledger)
            : byTimes(server, start, times);
    sync.add(
        new SearchTail(
            shared,
            sync,
            ledger,
            changes,
            shared.times().reads(name(), Direction.ELASTICSEARCH_TO_CASSANDRA)));
    sync.loop().execute(() -> left.forEach(each -> goOnWith(intents, each)));
  }

  /** What a former process was about to write, when it ended. */
  private void goOnWith(TableIntents intents, IntentLog.Left left) {
    try {
      RowKey key = sync.target().mapping().keys().parse(left.intent().key());
      sync.put(intents.resumed(key, left, era));
    } catch (InvalidKeyException e) {
      LOG.debug("{}: {} is no key any more", name(), left.intent().key());
      intents.release(left.open());
    }
  }

  private Changes byTimes(ServerVersion server, IndexStart start, TimestampField times) {
    // What was left by numbers says nothing of times.
    Optional<Instant> position =
        searchBefore
            .position()
            .filter(at -> searchBefore.shards().isEmpty())
            .filter(at -> searchBefore.ledgerEra().equals(Optional.of(start.era())));
    LOG.info(
        "{}: following {} by {} from {}.",
        name(),
        facts.index().name(),
        times.name(),
        position.map(Instant::toString).orElse("its first document"));
    return new TimestampChanges(
        new TimestampTail(shared.client(), facts.index().name(), server, times),
        shared.clock(),
        shared.settings().lateWindow(),
        new SeenDocuments(sync.share().shownChars()),
        position);
  }

  private Changes byNumbers(ServerVersion server, IndexStart start, TableLedger ledger) {
    String index = facts.index().name();
    Map<Integer, ShardPosition> positions = start.positions();
    LOG.info(
        "{}: following {} {}.",
        name(),
        index,
        positions.isEmpty() ? "from its first document" : "from where it was left");
    return new SeqNoChanges(
        name().toString(),
        ledger,
        new SeqNoTail(shared.client(), index, server),
        new VanishedSearch(shared.client(), index, server, ledger),
        facts.settings().maxDeletesPerPoll(),
        sync.share().pendingKeys(),
        sync::note,
        positions,
        start.firstLook(),
        positions.isEmpty() ? null : searchBefore.position().orElse(null));
  }

  /** What the state file is to say of the other direction; empty if there is none. */
  Optional<StreamState> searchState() {
    return sync.searchProgress().map(this::searchState);
  }

  private StreamState searchState(SearchProgress progress) {
    Map<Integer, SearchShard> shards = new TreeMap<>();
    progress
        .shards()
        .forEach(
            (number, shard) ->
                shards.put(
                    number,
                    new SearchShard(
                        shard.indexUuid(),
                        shard.historyUuid(),
                        shard.seqNo(),
                        Optional.ofNullable(progress.firstLook().get(number)))));
    StreamState state =
        searchBefore
            .withIdentity(
                facts.settings().index(),
                facts.index().uuid(),
                facts.tableId().toString(),
                before.logLayout().orElseThrow())
            .withLedgerEra(era)
            .withShards(shards)
            .withCounts(searchBefore.counts().plus(progress.counts()))
            .withDeadLettersNow(sync.letters().ofDocuments().size())
            .withLag(lag(progress.oldestMillis(), progress.lags()));
    // One that was left of another index must not pass for this one's.
    state =
        progress.position().isPresent()
            ? state.withPosition(progress.position().get())
            : state.withoutPosition();
    if (progress.lastApplied().isPresent()) {
      state = state.withLastApplied(progress.lastApplied().get());
    }
    Optional<StreamState.LastError> error = sync.lastError();
    // Else the other direction tells it.
    return error.isPresent() && !facts.settings().followsTable()
        ? state.withLastError(error.get())
        : state;
  }

  private void snapshotDone() {
    sync.lookAtDeadLetters();
    snapshot = snapshot.done(shared.clock().instant());
    LOG.info("{}: the snapshot is done, {} rows.", name(), snapshot.rows());
  }

  /** How its directions are just now. On the loop's thread. */
  Map<Direction, Vitals.Stream> vitals() {
    Map<Direction, Vitals.Stream> vitals = new EnumMap<>(Direction.class);
    if (facts.settings().followsTable()) {
      vitals.put(Direction.CASSANDRA_TO_ELASTICSEARCH, sync.vitals());
    }
    sync.searchVitals().ifPresent(s -> vitals.put(Direction.ELASTICSEARCH_TO_CASSANDRA, s));
    return vitals;
  }

  /** What the state file is to say. On the loop's thread. */
  StreamState state() {
    Progress progress = sync.progress();
    Instant position =
        progress.position().isBefore(before.position().orElse(Instant.MIN))
            ? before.position().orElseThrow()
            : progress.position();
    StreamState state =
        before
            .withSnapshot(snapshot)
            .withPosition(position)
            .withCounts(before.counts().plus(progress.counts()))
            .withDeadLettersNow(sync.letters().ofRows().size())
            .withLag(lag(progress.oldestMillis(), progress.lags()));
    if (progress.lastApplied().isPresent()) {
      state = state.withLastApplied(progress.lastApplied().get());
    }
    return progress.lastError() == null
        ? state
        : state.withLastError(
            new StreamState.LastError(progress.lastErrorAt(), progress.lastError()));
  }

  private static StreamState.Lag lag(long oldestMillis, Histogram lags) {
    return lags.getTotalCount() == 0
        ? StreamState.Lag.of(oldestMillis)
        : new StreamState.Lag(
            oldestMillis, lags.getValueAtPercentile(50), lags.getValueAtPercentile(99));
  }

  /** Whether all that was written before a time is on the other side. On the loop's thread. */
  boolean isUpToDate(Instant since) {
    Progress progress = sync.progress();
    return progress.idle()
        && snapshot.status() != Status.RUNNING
        && !sync.isBehind(since)
        && sync.searchProgress()
            .map(p -> p.readTo().isPresent() && !p.readTo().get().isBefore(since))
            .orElse(true);
  }

  Optional<SnapshotState> runningSnapshot() {
    return snapshot.status() == Status.RUNNING ? Optional.of(snapshot) : Optional.empty();
  }
}
