package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.UserError;
import io.cesync.deadletter.Letter;
import io.cesync.deadletter.LetterBox;
import io.cesync.deadletter.Requests;
import io.cesync.deadletter.Requests.Request;
import io.cesync.inspect.NowOf;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import io.cesync.state.StateLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code dead-letters retry}: has a running daemon try again, and tells what came of it. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description =
        "Has the daemon try letters again: a key's, a table's, or all. Without one running, the next start tries them.")
final class LettersRetry implements Callable<Integer> {

  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(15);

  /** Without any letter tried for so long, no more are waited for. */
  private static final Duration TRIED_WITHIN = Duration.ofSeconds(20);

  private static final int MOST_SHOWN = 20;

  @ParentCommand private DeadLettersCommand parent;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private LetterChoice choice;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = parent.settings();
    List<TableSettings> tables = choice.tables(settings);
    return DeadLettersCommand.connected(
        settings,
        session -> {
          boolean well = true;
          for (TableSettings table : tables) {
            well &= retry(session, settings.stateFile(), table);
          }
          return well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        });
  }

  private boolean retry(CqlSession session, Path stateFile, TableSettings table)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    TableName name = table.table();
    LetterBox box = DeadLettersCommand.box(session, name);
    long before = choice.count(name, box);
    boolean well = true;
    if (before == 0) {
      out.println(name + ": no dead letters.");
    } else if (StateLock.holder(stateFile).isEmpty()) {
      out.printf(
          "%s: no daemon runs. Its next start (./run.sh start, or once) tries %s.%n",
          name, before == 1 ? "the letter" : "the " + before + " letters");
    } else {
      Instant asked = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
      ask(stateFile, name);
      NowOf now = new NowOf(session, table);
      awaitTried(box, asked, now);
      well = tell(name, box, asked, before, out);
    }
    out.flush();
    return well;
  }

  private void ask(Path stateFile, TableName name) throws InterruptedException {
    Path request = new Requests(stateFile).ask(new Request(name.toString(), choice.key(), false));
    try {
      if (!await(TAKEN_WITHIN, () -> !Files.exists(request)) && Files.deleteIfExists(request)) {
        throw new UserError(
            "The daemon didn't take it within %d s: it waits for something, see ./run.sh status and its log. It tries all letters when it goes on."
                .formatted(TAKEN_WITHIN.toSeconds()));
      }
    } catch (IOException e) {
      throw new UserError(request + " can't be deleted: " + e, e);
    }
  }

  /** A letter that was tried is gone, or has been refused since. */
  private void awaitTried(LetterBox box, Instant asked, NowOf now) throws InterruptedException {
    long last = Long.MAX_VALUE;
    long left = untried(box, asked, now);
    while (left > 0 && left < last) {
      long before = left;
      await(TRIED_WITHIN, () -> untried(box, asked, now) < before);
      last = before;
      left = untried(box, asked, now);
    }
  }

  private long untried(LetterBox box, Instant asked, NowOf now) {
    return choice
        .letters(box)
        .filter(letter -> letter.since().isBefore(asked))
        .filter(letter -> canBeTried(letter, now))
        .count();
  }

  /** An entry of the log that names no row can't be. */
  private static boolean canBeTried(Letter letter, NowOf now) {
    return now.isRow(letter.key())
        || letter.direction().equals(Direction.ELASTICSEARCH_TO_CASSANDRA.toString());
  }

  private boolean await(Duration most, BooleanSupplier done) throws InterruptedException {
    // All letters of a table are more to read than one.
    long pause = choice.key() == null ? 500 : 100;
    long end = System.nanoTime() + most.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(pause);
    }
    return true;
  }

  private boolean tell(TableName name, LetterBox box, Instant asked, long before, PrintWriter out) {
    long left = choice.letters(box).count();
    long untried = choice.letters(box).filter(letter -> letter.since().isBefore(asked)).count();
    out.printf(
        "%s: %d went through, %d refused again, %d not tried%n",
        name, Math.max(0, before - left), left - untried, untried);
    choice
        .letters(box)
        .limit(MOST_SHOWN)
        .forEach(letter -> out.println("  " + LettersList.text(name, letter)));
    if (left > MOST_SHOWN) {
      out.printf("  and %d more: ./run.sh dead-letters list %s%n", left - MOST_SHOWN, name);
    }
    return left == 0;
  }
}
