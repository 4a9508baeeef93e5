package io.cesync.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.cesync.connect.Serialized;
import io.cesync.ledger.BucketCounts.Bucket;
import io.cesync.ledger.Ledger.Numbered;
import java.nio.ByteBuffer;
import java.util.List;

/** The statements on one table's part of the ledger (cql/004-ledger.cql). Thread-safe. */
final class LedgerStatements {

  // Named here, as looking a codec up takes longer than using it.
  private static final TypeCodec<List<String>> IDS = TypeCodecs.listOf(TypeCodecs.TEXT);

  private final EntryBytes entries = new EntryBytes();
  private final String keyspace;
  private final String table;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement insertPlace;
  private final PreparedStatement deletePlaces;
  private final PreparedStatement count;
  private final PreparedStatement range;

  LedgerStatements(CqlSession session, CqlIdentifier logKeyspace, String keyspace, String table) {
    this.keyspace = keyspace;
    this.table = table;
    String entryTable = logKeyspace.asCql(true) + ".ledger";
    String places = logKeyspace.asCql(true) + ".ledger_by_seq_no";
    String ofTable = " WHERE logged_keyspace = ? AND logged_table = ?";
    String ofBucket = ofTable + " AND era = ? AND shard = ? AND bucket = ?";
    String between = ofBucket + " AND seq_no >= ? AND seq_no <= ?";
    select =
        session.prepare(
            "SELECT document_id, entry FROM " + entryTable + ofTable + " AND document_id IN ?");
    insert =
        session.prepare(
            "INSERT INTO "
                + entryTable
                + " (logged_keyspace, logged_table, document_id, entry) VALUES (?, ?, ?, ?)");
    delete = session.prepare("DELETE FROM " + entryTable + ofTable + " AND document_id IN ?");
    insertPlace =
        session.prepare(
            "INSERT INTO "
                + places
                + " (logged_keyspace, logged_table, era, shard, bucket, seq_no, document_id)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    deletePlaces =
        session.prepare("DELETE FROM " + places + ofBucket + " AND (seq_no, document_id) IN ?");
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

  /**
   * An entry as {@link #select} reads it.
   *
   * @throws IllegalStateException if it is of another format
   */
  LedgerEntry entry(Row row) {
    return entries.read(row.getString(0), row.getBytesUnsafe(1));
  }

  /** The entry's {@link EntryBytes}. */
  static byte[] bytes(Row row) {
    ByteBuffer read = row.getBytesUnsafe(1);
    // A copy: the buffer itself holds on to the whole page.
    byte[] bytes = new byte[read.remaining()];
    read.duplicate().get(bytes);
    return bytes;
  }

  BoundStatement insert(String id, byte[] entry) {
    return ofTable(insert).setString(2, id).setByteBuffer(3, ByteBuffer.wrap(entry)).build();
  }

  BoundStatement insertPlace(Place place, String id) {
    return ofBucket(insertPlace, place.era(), place.shard(), Ledger.bucket(place.seqNo()))
        .setLong(5, place.seqNo())
        .setString(6, id)
        .build();
  }

  /** Deletes places of one bucket. */
  BoundStatement deletePlaces(Bucket bucket, List<Numbered> places) {
    List<ByteBuffer> clusterings =
        places.stream()
            .map(
                each ->
                    Serialized.tuple(
                        List.of(
                            ByteBuffer.allocate(Long.BYTES).putLong(0, each.seqNo()),
                            ByteBuffer.wrap(each.id().getBytes(UTF_8)))))
            .toList();
    return ofBucket(deletePlaces, bucket.era(), bucket.shard(), bucket.number())
        .setBytesUnsafe(5, Serialized.list(clusterings))
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
