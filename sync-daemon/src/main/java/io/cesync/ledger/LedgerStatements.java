package io.cesync.ledger;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The statements on one table's part of the ledger (cql/004-ledger.cql). Thread-safe. */
final class LedgerStatements {

  // Named here, as looking a codec up takes longer than using it.
  private static final TypeCodec<Map<String, Long>> DIGESTS =
      TypeCodecs.mapOf(TypeCodecs.TEXT, TypeCodecs.BIGINT);
  private static final TypeCodec<List<String>> IDS = TypeCodecs.listOf(TypeCodecs.TEXT);

  /**
   * No column has this name. A refused document's digests have it, so that the others need not say
   * that they aren't.
   */
  private static final String REFUSED = "";

  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final String keyspace;
  private final String table;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement insertPlace;
  private final PreparedStatement deletePlace;
  private final PreparedStatement count;
  private final PreparedStatement range;

  LedgerStatements(CqlSession session, CqlIdentifier logKeyspace, String keyspace, String table) {
    this.keyspace = keyspace;
    this.table = table;
    String entries = logKeyspace.asCql(true) + ".ledger";
    String places = logKeyspace.asCql(true) + ".ledger_by_seq_no";
    String ofTable = " WHERE logged_keyspace = ? AND logged_table = ?";
    String ofBucket = ofTable + " AND era = ? AND shard = ? AND bucket = ?";
    String between = ofBucket + " AND seq_no >= ? AND seq_no <= ?";
    select =
        session.prepare(
            "SELECT document_id, routing, era, shard, seq_no, primary_term,"
                + " document_timestamp, digests, known_at FROM "
                + entries
                + ofTable
                + " AND document_id IN ?");
    insert =
        session.prepare(
            "INSERT INTO "
                + entries
                + " (logged_keyspace, logged_table, document_id, routing, era, shard, seq_no,"
                + " primary_term, document_timestamp, digests, known_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    delete = session.prepare("DELETE FROM " + entries + ofTable + " AND document_id IN ?");
    insertPlace =
        session.prepare(
            "INSERT INTO "
                + places
                + " (logged_keyspace, logged_table, era, shard, bucket, seq_no, document_id)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    deletePlace =
        session.prepare("DELETE FROM " + places + ofBucket + " AND seq_no = ? AND document_id = ?");
    count = session.prepare("SELECT count(*) FROM " + places + between);
    range = session.prepare("SELECT seq_no, document_id FROM " + places + between + " LIMIT ?");
  }

  private BoundStatementBuilder ofTable(PreparedStatement statement) {
    return statement
        .boundStatementBuilder()
        .setString(0, keyspace)
        .setString(1, table)
        .setIdempotence(true)
        .setPageSize(Integer.MAX_VALUE);
  }

  /** Entries of these ids. Its routing key is the first one's. */
  BoundStatement select(List<String> ids) {
    return ofIds(select, ids);
  }

  BoundStatement delete(List<String> ids) {
    return ofIds(delete, ids);
  }

  private BoundStatement ofIds(PreparedStatement statement, List<String> ids) {
    return ofTable(statement)
        .set(2, ids, IDS)
        .setRoutingKey(insert.bind(keyspace, table, ids.get(0)).getRoutingKey())
        .setRoutingKeyspace(insert.getVariableDefinitions().get(0).getKeyspace())
        .build();
  }

  LedgerEntry entry(Row row) {
    Map<String, Long> digests = new HashMap<>();
    // Many entries are remembered: each name only once.
    row.get(7, DIGESTS)
        .forEach((name, digest) -> digests.put(names.computeIfAbsent(name, n -> n), digest));
    boolean refused = digests.remove(REFUSED) != null;
    return new LedgerEntry(
        row.getString(0),
        row.getString(1),
        new Place(row.getString(2), row.getInt(3), row.getLong(4), row.getLong(5)),
        row.getLong(6),
        digests,
        row.getLong(8),
        refused);
  }

  BoundStatement insert(LedgerEntry entry) {
    Place place = entry.place();
    Map<String, Long> digests = entry.digests();
    if (entry.refused()) {
      digests = new HashMap<>(digests);
      digests.put(REFUSED, 1L);
    }
    return ofTable(insert)
        .setString(2, entry.id())
        .setString(3, entry.routing())
        .setString(4, place.era())
        .setInt(5, place.shard())
        .setLong(6, place.seqNo())
        .setLong(7, place.primaryTerm())
        .setLong(8, entry.timestamp())
        .set(9, digests, DIGESTS)
        .setLong(10, entry.knownAt())
        .build();
  }

  BoundStatement insertPlace(Place place, String id) {
    return place(insertPlace, place, id);
  }

  BoundStatement deletePlace(Place place, String id) {
    return place(deletePlace, place, id);
  }

  private BoundStatement place(PreparedStatement statement, Place place, String id) {
    return ofBucket(statement, place.era(), place.shard(), Ledger.bucket(place.seqNo()))
        .setLong(5, place.seqNo())
        .setString(6, id)
        .build();
  }

  private BoundStatementBuilder ofBucket(
      PreparedStatement statement, String era, int shard, long bucket) {
    return ofTable(statement).setString(2, era).setInt(3, shard).setLong(4, bucket);
  }

  /** How many stand between two numbers of one bucket, both included. */
  BoundStatement count(String era, int shard, long bucket, long from, long to) {
    return ofBucket(count, era, shard, bucket).setLong(5, from).setLong(6, to).build();
  }

  /** Which ones. */
  BoundStatement range(String era, int shard, long bucket, long from, long to, int limit) {
    return ofBucket(range, era, shard, bucket)
        .setLong(5, from)
        .setLong(6, to)
        .setInt(7, limit)
        .build();
  }
}
