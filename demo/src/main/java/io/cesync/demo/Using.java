package io.cesync.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a write asks for beside its values.
 *
 * @param timestamp in microseconds since 1970; empty for the time of the write
 * @param ttl in seconds
 */
record Using(OptionalLong timestamp, OptionalInt ttl) {
  /** In front of an UPDATE's SET, or at the end of an INSERT. */
  String clause() {
    List<String> parts = new ArrayList<>();
    timestamp.ifPresent(at -> parts.add("TIMESTAMP " + at));
    ttl.ifPresent(seconds -> parts.add("TTL " + seconds));
    return parts.isEmpty() ? "" : " USING " + String.join(" AND ", parts);
  }

  /** The same for a DELETE, which knows no TTL. */
  String ofDelete() {
    return timestamp.isPresent() ? " USING TIMESTAMP " + timestamp.getAsLong() : "";
  }

  Using withTtl(int seconds) {
    return new Using(timestamp, OptionalInt.of(seconds));
  }

  /** A condition is decided at its own time, which nobody may choose. */
  Using ofCondition() {
    return new Using(OptionalLong.empty(), ttl);
  }
}
