package io.cesync.http;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;

/** One table in one direction. */
record StreamName(TableName table, Direction direction) {
  @Override
  public String toString() {
    return table + ", " + direction;
  }
}
