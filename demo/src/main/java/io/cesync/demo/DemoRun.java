package io.cesync.demo;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import io.cesync.settings.TableName;
import io.cesync.state.StreamState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the demonstration does once the servers are up. */
final class DemoRun {
  private static final int MAX_TTL = 8;

  /** Of so many writes one more goes to a document. */
  private static final int DOCUMENTS_SHARE = 4;

  private static final int DIFFERENCES_SHOWN = 5;
  private static final long SETTLE_NANOS = TimeUnit.MINUTES.toNanos(3);
  private static final long START_NANOS = TimeUnit.MINUTES.toNanos(3);

  private final Screen screen;
  private final Servers servers;
  private final Path folder;
  private final long seed;
  private final Workload workload = new Workload("demo", 1200, MAX_TTL);
  private final SearchReader search;

  DemoRun(Screen screen, Servers servers, Path folder, long seed) {
    this.screen = screen;
    this.servers = servers;
    this.folder = folder;
    this.seed = seed;
    this.search = new SearchReader(servers.search());
  }

  Compared run(int seconds, int rate) throws IOException, InterruptedException {
    try (CqlSession session = Connect.to(servers.cassandra());
        DaemonProcess daemon = new DaemonProcess(folder, settings())) {
      workload.create(session, 1);
      screen.line("");
      screen.line("Five tables, each with something that is hard to sync:");
      workload.about().forEach(line -> screen.line("  " + line));
      screen.line("");
      screen.line("./run.sh install");
      daemon.command("install").lines().forEach(line -> screen.line("  " + line));
      screen.line("./run.sh");
      daemon.start();
      awaitStart(daemon);
      daemon.page().ifPresent(page -> screen.line("  Watch it at " + page));
      Lags lags = write(session, daemon, seconds, rate);
      Compared compared = settle(session, daemon);
      report(compared, lags);
      int exitCode = daemon.stop();
      if (exitCode != 0) {
        throw new DaemonFailure("the daemon ended with " + exitCode + ":\n" + daemon.logTail());
      }
      screen.line(
          "demo rows=%d documents=%d differences=%d lag_p50_ms=%d lag_p99_ms=%d back_p50_ms=%d back_p99_ms=%d"
              .formatted(
                  compared.rows(),
                  compared.documents(),
                  compared.differences().size(),
                  lags.there().p50(),
                  lags.there().p99(),
                  lags.back().p50(),
                  lags.back().p99()));
      return compared;
    }
  }

  private String settings() {
    Map<String, String> tables = new TreeMap<>();
    workload.tables().forEach(table -> tables.put(table, "direction: both"));
    // Counters can't be set from an index.
    workload
        .counters()
        .forEach(table -> tables.put(table, "direction: cassandra-to-elasticsearch"));
    return SettingsText.of(servers.cassandra(), servers.search(), tables);
  }

  private void awaitStart(DaemonProcess daemon) throws InterruptedException {
    long end = System.nanoTime() + START_NANOS;
    while (!daemon.hasCopied(workload.tables().size())) {
      requireAlive(daemon);
      if (System.nanoTime() > end) {
        throw new DaemonFailure("the daemon did not get going:\n" + daemon.logTail());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void requireAlive(DaemonProcess daemon) {
    if (!daemon.isAlive()) {
      throw new DaemonFailure("the daemon ended by itself:\n" + daemon.logTail());
    }
  }

  /**
   * What it took.
   *
   * @param there from a table to its index
   * @param back from an index to its table
   * @param tables a line for each
   */
  private record Lags(Lag there, Lag back, List<String> tables) {}

  private Lags write(CqlSession session, DaemonProcess daemon, int seconds, int rate)
      throws IOException, InterruptedException {
    screen.line(
        "Writing at random for %d s, %d writes/s: inserts, updates, nulls, deletes of rows, ranges and partitions,"
            .formatted(seconds, rate));
    screen.line(
        "batches, conditional writes (LWT), counters, TTLs up to %d s, timestamps in the past (--seed %d)."
            .formatted(MAX_TTL, seed));
    screen.line(
        "At the same time %d writes/s to documents, with and without a time: whole ones, parts, deletes."
            .formatted(Math.max(1, rate / DOCUMENTS_SHARE)));
    SearchWriter application = new SearchWriter(servers.search());
    int threads = Math.min(64, Math.max(4, rate / 40));
    try (RandomWriter writer = new RandomWriter(session, workload, seed, threads, rate);
        RandomDocuments documents =
            new RandomDocuments(application, workload, seed, Math.max(1, rate / DOCUMENTS_SHARE));
        BackLag back = new BackLag(application, session, workload.keyspace())) {
      long start = System.nanoTime();
      writer.start();
      documents.start();
      back.start();
      for (long at = 0; at < seconds * 1000L; at = (System.nanoTime() - start) / 1_000_000) {
        TimeUnit.MILLISECONDS.sleep(Math.min(screen.periodMillis(), seconds * 1000L - at));
        requireAlive(daemon);
        long writes = writer.acknowledged() + documents.acknowledged();
        showLive((System.nanoTime() - start) / 1e9, writes, writer.failed(), daemon);
      }
      writer.stop();
      documents.stop();
      back.stop();
      screen.end();
      // What the daemon saved of the last second.
      TimeUnit.MILLISECONDS.sleep(1500);
      Map<TableName, StreamState> state = daemon.state();
      return new Lags(Lag.of(state.values()), back.lag(), lines(state));
    }
  }

  private static List<String> lines(Map<TableName, StreamState> state) {
    List<String> lines = new ArrayList<>();
    state.forEach(
        (table, stream) ->
            stream
                .lagMs()
                .filter(lag -> lag.p50().isPresent())
                .ifPresent(
                    lag ->
                        lines.add(
                            "  lag of %-14s  half within %d ms, 99 %% within %d ms"
                                .formatted(table, lag.p50().get(), lag.p99().get()))));
    return lines;
  }

  private void showLive(double seconds, long writes, long failed, DaemonProcess daemon)
      throws InterruptedException {
    Collection<StreamState> tables = daemon.state().values();
    Collection<StreamState> indices = daemon.searchState().values();
    long documents = 0;
    for (String table : workload.tables()) {
      documents += search.count(table.replace('.', '_'));
    }
    Lag lag = Lag.of(tables);
    screen.live(
        String.format(
            Locale.ROOT,
            "  %4.0f s   %,7d writes%s   %,6d documents now, %,7d written, %,6d deleted   %,6d rows written, %,5d deleted   lag p50 %d ms, p99 %d ms",
            seconds,
            writes,
            failed == 0 ? "" : " (" + failed + " failed)",
            documents,
            tables.stream().mapToLong(s -> s.counts().applied()).sum(),
            tables.stream().mapToLong(s -> s.counts().deleted()).sum(),
            indices.stream().mapToLong(s -> s.counts().applied()).sum(),
            indices.stream().mapToLong(s -> s.counts().deleted()).sum(),
            lag.p50(),
            lag.p99()));
  }

  /** Compares until both sides are equal, but not for too long. */
  private Compared settle(CqlSession session, DaemonProcess daemon) throws InterruptedException {
    screen.line("Waiting until the last TTL has passed, then comparing every row and document.");
    TimeUnit.SECONDS.sleep(MAX_TTL);
    Comparison comparison = new Comparison(session, search, DefaultConsistencyLevel.LOCAL_QUORUM);
    long end = System.nanoTime() + SETTLE_NANOS;
    Compared compared = comparison.compare(workload.tables());
    while (!compared.equal() && System.nanoTime() < end) {
      requireAlive(daemon);
      TimeUnit.MILLISECONDS.sleep(500);
      compared = comparison.compare(workload.tables());
    }
    return compared;
  }

  private void report(Compared compared, Lags lags) {
    Lag lag = lags.there();
    lags.tables().forEach(screen::line);
    if (compared.equal()) {
      screen.line(
          "Equal: %,d rows, %,d documents. Lag (write to document, slowest table): half within %d ms, 99 %% within %d ms; document to row: %d ms, %d ms."
              .formatted(
                  compared.rows(),
                  compared.documents(),
                  lag.p50(),
                  lag.p99(),
                  lags.back().p50(),
                  lags.back().p99()));
      return;
    }
    screen.line("Not equal; the first differences:");
    screen.line(compared.text(DIFFERENCES_SHOWN));
  }
}
