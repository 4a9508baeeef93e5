package io.cesync.watch;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;

/** One table in one direction. */
public record StreamName(TableName table, Direction direction) implements Comparable<StreamName> {

  @Override
  public int compareTo(StreamName other) {
    int byTable = table.compareTo(other.table);
    return byTable != 0 ? byTable : direction.compareTo(other.direction);
  }

  @Override
  public String toString() {
    return table + ", " + direction;
  }
}
