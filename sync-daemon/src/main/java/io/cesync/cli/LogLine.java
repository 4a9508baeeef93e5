package io.cesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.changelog.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * An entry of the change log, to be printed.
 *
 * @param late it appeared after newer ones had been shown
 * @param timer its time is still to come
 */
record LogLine(String table, Entry entry, boolean late, boolean timer) {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LONGEST_OPERATION = "delete-partition".length();

  /**
   * For people.
   *
   * @param tableWidth of the longest table's name
   */
  String text(int tableWidth) {
    StringBuilder line =
        new StringBuilder(time())
            .append("  ")
            .append(padded(entry.operation().logName(), LONGEST_OPERATION))
            .append("  ")
            .append(padded(table, tableWidth))
            .append("  ")
            .append(entry.key().json());
    TreeSet<String> set = new TreeSet<>(entry.columns());
    set.removeAll(entry.nulled());
    if (!set.isEmpty()) {
      line.append("  set ").append(String.join(", ", set));
    }
    if (!entry.nulled().isEmpty()) {
      line.append("  nulled ").append(String.join(", ", new TreeSet<>(entry.nulled())));
    }
    if (entry.hasWriteTime()) {
      line.append("  written ").append(micros(entry.writeTime()));
    }
    if (late) {
      line.append("  (late)");
    }
    if (timer) {
      line.append("  (timer)");
    }
    return line.toString();
  }

  /** For programs. */
  String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("time", time());
    json.put("id", entry.id().toString());
    json.put("operation", entry.operation().logName());
    json.put("table", table);
    json.put("key", entry.key().json());
    json.put("columns", new TreeSet<>(entry.columns()));
    json.put("nulled", new TreeSet<>(entry.nulled()));
    json.put("write_time", entry.hasWriteTime() ? entry.writeTime() : null);
    json.put("late", late);
    json.put("timer", timer);
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text that is no JSON", e);
    }
  }

  private String time() {
    // Always with three digits, so that lines stay aligned.
    return Instant.ofEpochMilli(entry.millis()).plusNanos(1).toString().replace("000001Z", "Z");
  }

  private static Instant micros(long writeTime) {
    return Instant.EPOCH.plus(writeTime, ChronoUnit.MICROS);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
