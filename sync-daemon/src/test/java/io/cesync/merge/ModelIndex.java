package io.cesync.merge;

import io.cesync.ledger.Place;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** One document in an index with sequence numbers. */
final class ModelIndex {

  static final String UUID = "index";

  private record Document(
      Map<String, ByteBuffer> values, OptionalLong timestamp, long seqNo, boolean marked) {}

  private Document document;
  private long lastSeqNo = -1;
  int writes;

  DocumentState read() {
    if (document == null) {
      return new DocumentState.Absent(UUID, Long.MIN_VALUE);
    }
    Place place = place(document.seqNo);
    return document.marked
        ? new DocumentState.Marked(place, null, document.timestamp)
        : new DocumentState.Present(place, null, document.timestamp, document.values);
  }

  boolean isMarked() {
    return document != null && document.marked;
  }

  boolean exists() {
    return document != null;
  }

  Map<String, ByteBuffer> values() {
    return document.values;
  }

  OptionalLong timestamp() {
    return document == null ? OptionalLong.empty() : document.timestamp;
  }

  /** The application's write; any. */
  void put(Map<String, ByteBuffer> values, OptionalLong timestamp) {
    Map<String, ByteBuffer> copy = new HashMap<>(values);
    copy.values().removeIf(value -> value == null);
    document = new Document(copy, timestamp, ++lastSeqNo, false);
  }

  /** The application's soft delete, which leaves the fields. */
  void mark(OptionalLong timestamp) {
    Map<String, ByteBuffer> values = document == null ? Map.of() : document.values;
    document = new Document(values, timestamp, ++lastSeqNo, true);
  }

  void delete() {
    if (document != null) {
      lastSeqNo++;
      document = null;
    }
  }

  /** With {@code op_type=create}; whether it was taken. */
  boolean create(Map<String, ByteBuffer> values, long timestamp) {
    if (document != null) {
      return false;
    }
    writes++;
    put(values, OptionalLong.of(timestamp));
    return true;
  }

  boolean replace(Place expected, Map<String, ByteBuffer> values, long timestamp) {
    if (!is(expected)) {
      return false;
    }
    writes++;
    put(values, OptionalLong.of(timestamp));
    return true;
  }

  boolean delete(Place expected) {
    if (!is(expected)) {
      return false;
    }
    writes++;
    delete();
    return true;
  }

  private boolean is(Place expected) {
    return document != null && place(document.seqNo).isSameWrite(expected);
  }

  Place last() {
    return place(lastSeqNo);
  }

  private static Place place(long seqNo) {
    return new Place(UUID, 0, seqNo, 1);
  }
}
