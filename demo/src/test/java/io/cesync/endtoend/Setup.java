package io.cesync.endtoend;

import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import java.util.List;

/** A kind of table for histories, and where its documents are. */
record Setup(SearchSpec server, Dating dating, Shape shape, String delivery) {
  static Setup plain(String delivery) {
    return new Setup(LocalServers.elasticsearch(), Dating.BY_NUMBER, Shape.PLAIN, delivery);
  }

  /** The table's settings. */
  String table() {
    String changes =
        dating.seesDeletes()
            ? ""
            : ", changes_by: timestamp, deleted_field: " + DocumentWrites.MARK;
    return "direction: both, delivery: " + delivery + changes;
  }

  /** Further settings. Longer than clocks differ, and what is written takes to be found. */
  List<String> settings() {
    return dating.seesDeletes() ? List.of() : List.of("late_window: 6s");
  }

  @Override
  public String toString() {
    return "%s, by %s, %s, on %s".formatted(shape.name(), dating, delivery, server.version());
  }
}
