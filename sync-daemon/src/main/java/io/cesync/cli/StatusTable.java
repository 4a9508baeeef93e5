package io.cesync.cli;

import io.cesync.cli.Status.Line;
import io.cesync.state.Counts;
import io.cesync.state.DaemonState;
import io.cesync.state.Ranges;
import io.cesync.state.SearchShard;
import io.cesync.state.SnapshotState;
import io.cesync.state.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A status for people. */
final class StatusTable {
  private static final List<String> HEAD =
      List.of(
          "TABLE",
          "DIRECTION",
          "SNAPSHOT",
          "ROWS",
          "POSITION",
          "LAG P50/P99",
          "APPLIED",
          "DELETED",
          "DEAD LETTERS");

  /** Names to the left, figures to the right. */
  private static final List<Boolean> TO_THE_RIGHT =
      List.of(false, false, false, true, false, true, true, true, true);

  private StatusTable() {}

  static String of(Status status) {
    StringBuilder text = new StringBuilder(daemon(status)).append('\n');
    if (status.lines().isEmpty()) {
      return text.append("No table has been synced yet.\n").toString();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    status.lines().forEach(line -> rows.add(row(status, line)));
    text.append(aligned(rows));
    for (Line line : status.lines()) {
      line.stream()
          .lastError()
          .ifPresent(
              error ->
                  text.append(
                      "%s: last error %s ago: %s%n"
                          .formatted(
                              line.table(), ago(status, error.at()), oneLine(error.message()))));
    }
    status
        .state()
        .verified()
        .forEach(
            (table, last) ->
                text.append(
                    "%s: compared with its index %s ago: %s%n"
                        .formatted(table, ago(status, last.finished()), last.text())));
    return text.toString();
  }

  private static String daemon(Status status) {
    Optional<DaemonState> saver = status.state().daemon();
    if (status.runningPid().isPresent()) {
      String pid = status.runningPid().get();
      // What an earlier daemon saved says nothing of this one.
      return saver
          .filter(d -> pid.equals(Long.toString(d.pid())))
          .map(
              d ->
                  "The daemon runs (pid %s) since %s (%s); saved %s ago.%s"
                      .formatted(
                          pid,
                          d.started().truncatedTo(ChronoUnit.SECONDS),
                          ago(status, d.started()),
                          ago(status, d.saved()),
                          d.page().map(page -> " Status page: " + page).orElse("")))
          .orElse("The daemon runs (pid %s), but isn't up yet.".formatted(pid));
    }
    if (saver.isEmpty()) {
      return "The daemon does not run, and none ever saved this state.";
    }
    DaemonState last = saver.get();
    String ended = last.running() ? "it was killed" : "it ended in good order";
    return "The daemon does not run. The last one (pid %d on %s) saved %s ago; %s."
        .formatted(last.pid(), last.host(), ago(status, last.saved()), ended);
  }

  private static List<String> row(Status status, Line line) {
    Counts counts = line.stream().counts();
    return List.of(
        line.table().toString(),
        line.direction().toString(),
        snapshot(line.stream()),
        number(line.stream().snapshot().rows()),
        line.stream()
            .position()
            .map(at -> at.truncatedTo(ChronoUnit.MILLIS) + " (" + ago(status, at) + " ago)")
            .orElse("-"),
        line.stream().lagMs().map(StatusTable::lag).orElse("-"),
        number(counts.applied()),
        number(counts.deleted()),
        number(line.stream().deadLettersNow().orElse(counts.deadLetters())));
  }

  private static String lag(StreamState.Lag lag) {
    return lag.p50().isEmpty() ? "-" : lag.p50().get() + "/" + lag.p99().orElse(0L) + " ms";
  }

  private static String snapshot(StreamState stream) {
    Collection<SearchShard> shards = stream.shards().values();
    if (shards.stream().allMatch(shard -> shard.firstLookTo().isEmpty())) {
      return snapshot(stream.snapshot());
    }
    long done = shards.stream().mapToLong(shard -> shard.seqNo() + 1).sum();
    long all = shards.stream().mapToLong(s -> s.firstLookTo().orElse(s.seqNo()) + 1).sum();
    return "first look %d%%".formatted(100 * done / Math.max(1, all));
  }

  private static String snapshot(SnapshotState snapshot) {
    Ranges ranges = snapshot.ranges();
    return snapshot.status() == SnapshotState.Status.RUNNING && ranges.total() > 0
        ? "%d%% (%d of %d ranges)"
            .formatted(100L * ranges.count() / ranges.total(), ranges.count(), ranges.total())
        : snapshot.status() == SnapshotState.Status.NONE ? "-" : snapshot.status().toString();
  }

  private static String aligned(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        line.append(TO_THE_RIGHT.get(i) ? padding + row.get(i) : row.get(i) + padding).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s+", " ");
  }

  private static String ago(Status status, Instant instant) {
    Duration since = status.since(instant);
    if (since.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", since.toMillis() / 1000.0);
    }
    if (since.toHours() < 1) {
      return since.toMinutes() + " min";
    }
    return since.toDays() < 2 ? since.toHours() + " h" : since.toDays() + " days";
  }
}
