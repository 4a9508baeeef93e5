package io.cesync.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.cesync.changelog.Entry;
import io.cesync.changelog.LogPage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
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

  /** Always with milliseconds, so that lines stay aligned. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * For people.
   *
   * @param tableWidth of the longest table's name
   */
  String text(int tableWidth) {
    StringBuilder line =
        new StringBuilder(time(entry.millis()))
            .append("  ")
            .append(padded(entry.operation().logName(), LONGEST_OPERATION))
            .append("  ")
            .append(padded(table, tableWidth))
            .append("  ")
            .append(entry.key().json());
    TreeSet<String> set = new TreeSet<>(entry.columns());
    set.removeAll(entry.nulled());
    append(line, "  set ", set);
    append(line, "  nulled ", new TreeSet<>(entry.nulled()));
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

  private static void append(StringBuilder line, String what, Collection<String> columns) {
    if (!columns.isEmpty()) {
      line.append(what).append(String.join(", ", columns));
    }
  }

  /** For programs. */
  String json() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("time", time(entry.millis()));
    json.put("id", entry.id().toString());
    json.put("operation", entry.operation().logName());
    json.put("table", table);
    // As it is: numbers keep all their digits.
    json.putRawValue("key", new RawValue(entry.key().json()));
    put(json.putArray("columns"), entry.columns());
    put(json.putArray("nulled"), entry.nulled());
    json.put("write_time", entry.hasWriteTime() ? entry.writeTime() : null);
    json.put("late", late);
    json.put("timer", timer);
    return json.toString();
  }

  private static void put(ArrayNode array, Collection<String> columns) {
    new TreeSet<>(columns).forEach(array::add);
  }

  /** A row of the log that is no entry, for people. */
  static String text(String table, LogPage.Unreadable row) {
    return "%s  unreadable  %s  %s".formatted(time(row.millis()), table, row.reason());
  }

  /** The same for programs. */
  static String json(String table, LogPage.Unreadable row) {
    return MAPPER
        .createObjectNode()
        .put("time", time(row.millis()))
        .put("table", table)
        .put("unreadable", row.reason())
        .toString();
  }

  private static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  private static Instant micros(long writeTime) {
    return Instant.EPOCH.plus(writeTime, ChronoUnit.MICROS);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
