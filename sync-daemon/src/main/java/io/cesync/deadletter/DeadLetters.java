package io.cesync.deadletter;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.cesync.row.RowKey;
import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/**
 * One table's dead letters of one direction, in Cassandra. A key has at most one, the latest; it is
 * removed when the key is brought over after all. Writing is thread-safe; the rest is confined to
 * one thread.
 */
public final class DeadLetters {

  /** A longer document is cut: what was refused is in its row anyway. */
  private static final int MOST_DOCUMENT = 64 * 1024;

  /** Beyond so many, keys are not remembered, and their letters stay until somebody looks. */
  private static final int MOST_REMEMBERED = 100_000;

  private final CqlSession session;
  private final String keyspace;
  private final String table;
  private final String direction;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement select;
  private final NavigableSet<String> remembered = new TreeSet<>();

  /**
   * @param logKeyspace where the dead-letter table is
   */
  public DeadLetters(
      CqlSession session, CqlIdentifier logKeyspace, TableName name, Direction direction) {
    this.session = session;
    this.keyspace = name.keyspace();
    this.table = name.table();
    this.direction = direction.toString();
    String letters = logKeyspace.asCql(true) + ".dead_letter";
    String where = " WHERE logged_keyspace = ? AND logged_table = ? AND direction = ?";
    insert =
        session.prepare(
            "INSERT INTO "
                + letters
                + " (logged_keyspace, logged_table, direction, logged_key, failed_at, reason, document)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    delete = session.prepare("DELETE FROM " + letters + where + " AND logged_key = ?");
    select =
        session.prepare("SELECT logged_key FROM " + letters + where + " LIMIT " + MOST_REMEMBERED);
  }

  /** Looks up which keys have letters. Waits for the answer. */
  public void load() {
    for (Row row : session.execute(select.bind(keyspace, table, direction))) {
      remembered.add(row.getString(0));
    }
  }

  /**
   * Puts a change aside. Once the stage is complete it is safe to go on.
   *
   * @param document what was refused, or null
   */
  public CompletionStage<Void> put(String key, String reason, String document, Instant at) {
    String shortened =
        document == null || document.length() <= MOST_DOCUMENT
            ? document
            : document.substring(0, MOST_DOCUMENT) + "…";
    return session
        .executeAsync(
            insert.bind(keyspace, table, direction, key, at, reason, shortened).setIdempotent(true))
        .thenAccept(done -> {});
  }

  /** Call it when {@link #put} is complete. True if the key had no letter before. */
  public boolean remember(String key) {
    return remembered.size() < MOST_REMEMBERED ? remembered.add(key) : !remembered.contains(key);
  }

  /** The key was brought over: if it has a letter, that is out of date. */
  public void resolved(RowKey key) {
    resolved(key.json());
  }

  /** The same for a key that may be no row's. */
  public void resolved(String key) {
    if (!remembered.isEmpty() && remembered.remove(key)) {
      session.executeAsync(delete.bind(keyspace, table, direction, key).setIdempotent(true));
    }
  }

  /** Somebody has deleted the key's letter; all letters if it is null. */
  public void forget(String key) {
    if (key == null) {
      remembered.clear();
    } else {
      remembered.remove(key);
    }
  }

  /** Whether a key has a letter that is remembered. */
  public boolean has(String key) {
    return remembered.contains(key);
  }

  /** The keys that have a letter, as far as they are remembered. */
  public List<String> keys() {
    return List.copyOf(remembered);
  }

  /** Those of them that are rows of a partition. */
  public List<String> keysOf(RowKey partition) {
    String start = partition.json().substring(0, partition.partitionLength()) + ",";
    return remembered.tailSet(start).stream().takeWhile(key -> key.startsWith(start)).toList();
  }

  /** How many keys have a letter, as far as they are remembered. */
  public int size() {
    return remembered.size();
  }
}
