package io.cesync.trigger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What kind of write an entry stands for; see the table in {@code cql/001-change-log.cql}. */
enum Operation {
  INSERT("insert"),
  UPDATE("update"),
  DELETE("delete"),
  DELETE_RANGE("delete-range"),
  DELETE_PARTITION("delete-partition"),
  STATIC("static"),
  UPDATE_PARTITION("update-partition"),
  EXPIRE("expire");

  final String text;
  private final ByteBuffer bytes;

  Operation(String text) {
    this.text = text;
    this.bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
  }

  /** As the log stores it. */
  ByteBuffer bytes() {
    return bytes.duplicate();
  }
}
