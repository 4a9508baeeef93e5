package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.UserError;
import io.cesync.connect.CassandraConnection;
import io.cesync.connect.SchemaEvents;
import io.cesync.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code log}: what the change log says. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = "Prints the change log, in the order of time.")
final class LogCommand implements Callable<Integer> {

  private static final Duration TIMERS_AHEAD = Duration.ofDays(1);

  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "TABLE", description = "keyspace.table; all if none.")
  private String table;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "How long ago (10m), an instant, or a local date and time; 10m if not given.")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "As --since; now if not given.")
  private String until;

  @Option(names = "--follow", description = "Goes on until it is stopped (Ctrl-C).")
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
    Clock clock = Clock.systemUTC();
    Instant now = clock.instant();
    Instant from = LogTimes.parse("--since", since, now, ZoneId.systemDefault());
    Instant to =
        until != null
            ? LogTimes.parse("--until", until, now, ZoneId.systemDefault())
            : timers ? now.plus(TIMERS_AHEAD) : now;
    if (to.isBefore(from)) {
      throw new UserError("--until is before --since");
    } else if (limit != null && limit < 1) {
      throw new UserError("--limit is " + limit + ", but must be at least 1");
    } else if (follow && (until != null || timers)) {
      throw new UserError("--follow goes on from now: it can't have --until or --timers");
    }
    try (CqlSession session = CassandraConnection.open(settings.cassandra(), new SchemaEvents())) {
      LogTables tables =
          LogTables.of(session, settings, DeadLettersCommand.tables(settings, table), key);
      LogPrinter printer =
          new LogPrinter(
              tables,
              spec.commandLine().getOut(),
              json,
              limit == null ? Long.MAX_VALUE : limit,
              clock);
      if (follow) {
        printer.follow(from, settings.lateWindow());
      } else {
        printer.print(from, to);
      }
    }
    return CommandLine.ExitCode.OK;
  }
}
