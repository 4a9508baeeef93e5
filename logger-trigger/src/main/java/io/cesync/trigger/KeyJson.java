package io.cesync.trigger;

import java.nio.ByteBuffer;
import org.apache.cassandra.db.Clustering;

/**
 * Writes the keys of one partition as JSON, in the form that {@code cql/README.md} fixes. The
 * partition's part is written once. Not thread-safe.
 */
final class KeyJson {
  private final KeyLayout layout;
  private final JsonBytes json = new JsonBytes(96);

  /** The length of the JSON up to and without the clustering columns. */
  private final int partitionEnd;

  /**
   * @param partitionKey as Cassandra serialises it: the value of the only column, or all as a
   *     composite
   */
  KeyJson(KeyLayout layout, ByteBuffer partitionKey) {
    this.layout = layout;
    json.add('{');
    if (layout.partition.length == 1) {
      member(layout.partition[0], partitionKey);
    } else {
      composite(partitionKey);
    }
    partitionEnd = json.length();
  }

  /** The key of the whole partition. */
  ByteBuffer partition() {
    json.truncate(partitionEnd);
    return json.add('}').toBuffer();
  }

  /** The key of a row. */
  ByteBuffer row(Clustering<?> clustering) {
    json.truncate(partitionEnd);
    for (int i = 0; i < layout.clustering.length; i++) {
      json.add(',');
      // Only an old compact table may have less values than columns.
      member(layout.clustering[i], i < clustering.size() ? clustering.bufferAt(i) : null);
    }
    return json.add('}').toBuffer();
  }

  /** Each component is its length in two bytes, the value, and an end-of-component byte. */
  private void composite(ByteBuffer key) {
    int at = key.position();
    for (int i = 0; i < layout.partition.length; i++) {
      if (i > 0) {
        json.add(',');
      }
      int length = key.getShort(at) & 0xffff;
      member(layout.partition[i], Buffers.slice(key, at + 2, length));
      at += 2 + length + 1;
    }
  }

  private void member(KeyLayout.KeyColumn column, ByteBuffer value) {
    json.add(column.label);
    if (value == null) {
      json.ascii("null");
    } else {
      json.value(column.value, value);
    }
  }
}
