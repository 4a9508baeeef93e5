package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.cesync.changelog.SeenIds;
import io.cesync.changelog.TailTimes;
import io.cesync.connect.CassandraConnection;
import io.cesync.connect.SchemaEvents;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code log}: what the change log says. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = "Prints the change log in the order of time, the newest last.")
final class LogCommand implements Callable<Integer> {

  private static final Duration TIMERS_AHEAD = Duration.ofDays(1);

  /** Each bucket costs requests, the empty ones of the future, too. */
  private static final Duration MOST_AHEAD = Duration.ofDays(7);

  private static final long LOOK_MILLIS = 500;
  private static final long BUSY_LOOK_MILLIS = 200;

  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "TABLE", description = "keyspace.table; all if none.")
  private String table;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "10m",
      description =
          "How long ago (30s, 10m, 2h, 1d), an instant (2026-01-31T12:00:00Z), or a local date and time (2026-01-31T12:00); ${DEFAULT-VALUE} if not given.")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "As --since; now if not given.")
  private String until;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what is logged, until Ctrl-C.")
  private boolean follow;

  @Option(names = "--timers", description = "Shows what expires within a day, too.")
  private boolean timers;

  @Option(names = "--key", paramLabel = "JSON", description = "Only this key, as the log has it.")
  private String key;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many entries.")
  private Long limit;

  @Option(names = "--json", description = "Prints JSON, one entry a line, for programs.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = main.settings();
    List<TableSettings> tables =
        table == null ? settings.tables() : List.of(NamedTable.of(table, settings, spec));
    Clock clock = Clock.systemUTC();
    Instant now = clock.instant();
    Instant from = time("--since", since, now);
    Instant to =
        until != null ? time("--until", until, now) : timers ? now.plus(TIMERS_AHEAD) : now;
    requireSense(now, from, to);
    try (CqlSession session = CassandraConnection.open(settings.cassandra(), new SchemaEvents())) {
      LogTables log = LogTables.of(session, settings, tables, key);
      LogOutput output =
          new LogOutput(
              spec.commandLine().getOut(),
              json,
              log.nameWidth(),
              from,
              limit == null ? Long.MAX_VALUE : limit,
              clock);
      LogPrinter printer = new LogPrinter(log, output, clock);
      if (!follow) {
        printer.print(from, to);
        return CommandLine.ExitCode.OK;
      }
      TailTimes times =
          new TailTimes(LOOK_MILLIS, BUSY_LOOK_MILLIS, settings.lateWindow().toMillis(), clock);
      Instant settled = now.minus(settings.lateWindow());
      long start = SeenIds.sliceOf((from.isAfter(settled) ? from : settled).toEpochMilli());
      printer.print(from, Instant.ofEpochMilli(start));
      new LogFollow(log, output, times, start, spec.commandLine().getErr()).run();
      return CommandLine.ExitCode.OK;
    } catch (DriverException e) {
      throw CassandraConnection.failure(settings.cassandra(), e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof DriverException failure) {
        throw CassandraConnection.failure(settings.cassandra(), failure);
      }
      throw e;
    }
  }

  private Instant time(String option, String text, Instant now) {
    try {
      return LogTimes.parse(text, now, ZoneId.systemDefault());
    } catch (IllegalArgumentException e) {
      throw wrong("%s is '%s', but must be %s".formatted(option, text, e.getMessage()));
    }
  }

  private void requireSense(Instant now, Instant from, Instant to) {
    if (limit != null && limit < 1) {
      throw wrong("--limit is " + limit + ", but must be at least 1");
    } else if (follow && (until != null || timers)) {
      throw wrong("--follow goes on from now: it can't have --until or --timers");
    } else if (to.isAfter(now.plus(MOST_AHEAD))) {
      throw wrong("--until is more than " + MOST_AHEAD.toDays() + " days ahead");
    } else if (to.isBefore(from)) {
      throw wrong(
          until == null
              ? "--since is in the future"
              : "--until (%s) is before --since (%s)".formatted(to, from));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
