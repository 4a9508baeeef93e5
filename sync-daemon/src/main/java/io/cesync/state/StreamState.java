package io.cesync.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far one table is in one direction.
 *
 * @param index the index (or table) that the other fields are about
 * @param indexUuid of that index; another one means that it was made anew
 * @param tableId Cassandra's id of the table; another one means that it was made anew
 * @param logLayout of the change log when the position was saved
 * @param position every change before it has reached the other side; empty before the first
 *     snapshot begins
 * @param lastApplied when a change was last applied
 * @param ledgerEra entries of the ledger that were made under another name don't count; only from
 *     Elasticsearch to Cassandra
 * @param ledgerName the part of the ledger that is the index's, if it isn't the table's name; only
 *     from Elasticsearch to Cassandra
 * @param shards of the index, how far they have been read; only from Elasticsearch to Cassandra
 */
public record StreamState(
    Optional<String> index,
    Optional<String> indexUuid,
    Optional<String> tableId,
    Optional<LogLayout> logLayout,
    SnapshotState snapshot,
    Optional<Instant> position,
    Optional<Instant> lastApplied,
    Counts counts,
    Optional<Lag> lagMs,
    Optional<LastError> lastError,
    Optional<String> ledgerEra,
    Optional<String> ledgerName,
    Map<Integer, SearchShard> shards) {

  /** Nothing has been done yet. */
  public static final StreamState NEW =
      new StreamState(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          SnapshotState.NONE,
          Optional.empty(),
          Optional.empty(),
          Counts.ZERO,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());

  public StreamState {
    shards = Collections.unmodifiableMap(new TreeMap<>(shards));
    // Down, never up: what a position passes must have been applied.
    position = position.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    lastApplied = lastApplied.map(at -> at.truncatedTo(ChronoUnit.MICROS));
  }

  /** What {@code state.yaml} says of it, as nested maps of text, numbers and booleans. */
  public Map<String, Object> asMap() {
    return StateText.tree(this);
  }

  /** For the given places; the rest stays. */
  public StreamState withIdentity(
      String index, String indexUuid, String tableId, LogLayout logLayout) {
    Draft draft = new Draft(this);
    draft.index = Optional.of(index);
    draft.indexUuid = Optional.of(indexUuid);
    draft.tableId = Optional.of(tableId);
    draft.logLayout = Optional.of(logLayout);
    return draft.done();
  }

  /** The same under another name of the index. */
  public StreamState withIndex(String index) {
    Draft draft = new Draft(this);
    draft.index = Optional.of(index);
    return draft.done();
  }

  public StreamState withSnapshot(SnapshotState snapshot) {
    Draft draft = new Draft(this);
    draft.snapshot = snapshot;
    return draft.done();
  }

  public StreamState withPosition(Instant position) {
    Draft draft = new Draft(this);
    draft.position = Optional.of(position);
    return draft.done();
  }

  /** As before there was one. */
  public StreamState withoutPosition() {
    Draft draft = new Draft(this);
    draft.position = Optional.empty();
    return draft.done();
  }

  public StreamState withLastApplied(Instant lastApplied) {
    Draft draft = new Draft(this);
    draft.lastApplied = Optional.of(lastApplied);
    return draft.done();
  }

  public StreamState withCounts(Counts counts) {
    Draft draft = new Draft(this);
    draft.counts = counts;
    return draft.done();
  }

  public StreamState withLag(Lag lag) {
    Draft draft = new Draft(this);
    draft.lagMs = Optional.of(lag);
    return draft.done();
  }

  public StreamState withLastError(LastError error) {
    Draft draft = new Draft(this);
    draft.lastError = Optional.of(error);
    return draft.done();
  }

  public StreamState withLedgerEra(String ledgerEra) {
    Draft draft = new Draft(this);
    draft.ledgerEra = Optional.of(ledgerEra);
    return draft.done();
  }

  public StreamState withLedgerName(String ledgerName) {
    Draft draft = new Draft(this);
    draft.ledgerName = Optional.of(ledgerName);
    return draft.done();
  }

  public StreamState withShards(Map<Integer, SearchShard> shards) {
    Draft draft = new Draft(this);
    draft.shards = shards;
    return draft.done();
  }

  /** One that is being changed. */
  private static final class Draft {
    Optional<String> index;
    Optional<String> indexUuid;
    Optional<String> tableId;
    Optional<LogLayout> logLayout;
    SnapshotState snapshot;
    Optional<Instant> position;
    Optional<Instant> lastApplied;
    Counts counts;
    Optional<Lag> lagMs;
    Optional<LastError> lastError;
    Optional<String> ledgerEra;
    Optional<String> ledgerName;
    Map<Integer, SearchShard> shards;

    Draft(StreamState from) {
      index = from.index;
      indexUuid = from.indexUuid;
      tableId = from.tableId;
      logLayout = from.logLayout;
      snapshot = from.snapshot;
      position = from.position;
      lastApplied = from.lastApplied;
      counts = from.counts;
      lagMs = from.lagMs;
      lastError = from.lastError;
      ledgerEra = from.ledgerEra;
      ledgerName = from.ledgerName;
      shards = from.shards;
    }

    StreamState done() {
      return new StreamState(
          index,
          indexUuid,
          tableId,
          logLayout,
          snapshot,
          position,
          lastApplied,
          counts,
          lagMs,
          lastError,
          ledgerEra,
          ledgerName,
          shards);
    }
  }

  /**
   * The time from a write to its being acknowledged by the other side, in milliseconds.
   *
   * @param last age of the oldest change that was not brought over yet; 0 if there is none
   * @param p50 median of the recent ones
   * @param p99 99th percentile of the recent ones
   */
  public record Lag(long last, long p50, long p99) {}

  /** What went wrong last; it may have mended since. */
  public record LastError(Instant at, String message) {
    public LastError {
      at = at.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** How the change log is partitioned. */
  public record LogLayout(int bucketSeconds, int shards) {}
}
