package io.cesync.trigger;

import java.nio.ByteBuffer;

/** An entry of the change log, before it has its id. Immutable; the buffers are not to be moved. */
final class Entry {
  /** Where the write's timestamp is not known. */
  static final long NO_WRITE_TIME = Long.MIN_VALUE;

  final Operation operation;

  /** The key as JSON; see {@code cql/README.md}. */
  final ByteBuffer key;

  /** As the log stores it, or null where the operation has none. */
  final ByteBuffer updatedColumns;

  /** As the log stores it, or null if there are none. */
  final ByteBuffer nulledColumns;

  /** Microseconds since 1970. */
  final long writeTime;

  /** For {@link Operation#EXPIRE} the seconds from now to the expiry, otherwise 0. */
  final int ttl;

  private Entry(
      Operation operation,
      ByteBuffer key,
      ByteBuffer updatedColumns,
      ByteBuffer nulledColumns,
      long writeTime,
      int ttl) {
    this.operation = operation;
    this.key = key;
    this.updatedColumns = updatedColumns;
    this.nulledColumns = nulledColumns;
    this.writeTime = writeTime;
    this.ttl = ttl;
  }

  /** A write that any column may have been part of. */
  static Entry of(Operation operation, ByteBuffer key, long writeTime) {
    return new Entry(operation, key, null, null, writeTime, 0);
  }

  static Entry ofColumns(
      Operation operation, ByteBuffer key, ByteBuffer updated, ByteBuffer nulled, long writeTime) {
    return new Entry(operation, key, updated, nulled, writeTime, 0);
  }

  static Entry expire(ByteBuffer key, int ttl) {
    return new Entry(Operation.EXPIRE, key, null, null, NO_WRITE_TIME, ttl);
  }
}
