package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.deadletter.Letter;
import io.cesync.deadletter.LetterBox;
import io.cesync.deadletter.Requests;
import io.cesync.deadletter.Requests.Request;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dead-letters retry}: has a running daemon look again, and tells what came of it. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = "Has the running daemon try letters again: one, a table's, or all.")
final class LettersRetry implements Callable<Integer> {

  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(15);

  /** Without any letter tried for so long, no more are waited for. */
  private static final Duration TRIED_WITHIN = Duration.ofSeconds(30);

  private static final long LOOK_MILLIS = 300;
  private static final int MOST_SHOWN = 20;

  @ParentCommand private DeadLettersCommand parent;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(index = "0", arity = "0..1", paramLabel = "TABLE", description = "All if none.")
  private String table;

  @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "All if none.")
  private String key;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = parent.settings();
    boolean well = true;
    try (CqlSession session = DeadLettersCommand.open(settings)) {
      for (TableSettings one : DeadLettersCommand.tables(settings, table)) {
        if (key != null) {
          LettersShow.find(session, one, key);
        }
        well &= retry(session, one, spec.commandLine().getOut());
      }
    }
    return well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private boolean retry(CqlSession session, TableSettings one, PrintWriter out)
      throws InterruptedException {
    LetterBox box = DeadLettersCommand.box(session, one.table());
    long before = letters(box).count();
    if (before == 0) {
      out.println(one.table() + ": no dead letters.");
      out.flush();
      return true;
    }
    Requests requests = DeadLettersCommand.requests(session, one.table());
    Request request = new Request(key == null ? Requests.ALL : key, false);
    requests.ask(request, Clock.systemUTC().instant());
    try {
      Optional<Instant> taken = awaitTaken(requests, request);
      if (taken.isEmpty()) {
        out.printf(
            "%s: no running daemon took it up. Start it, or run ./run.sh once: each start tries all letters.%n",
            one.table());
        out.flush();
        return false;
      }
      awaitTried(box, taken.get());
      return tell(one, box, taken.get(), before, out);
    } finally {
      requests.remove(request);
    }
  }

  private static Optional<Instant> awaitTaken(Requests requests, Request request)
      throws InterruptedException {
    long end = System.nanoTime() + TAKEN_WITHIN.toNanos();
    Optional<Instant> taken = requests.takenAt(request);
    while (taken.isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      taken = requests.takenAt(request);
    }
    return taken;
  }

  /** A letter that was tried is gone, or has been refused since. */
  private void awaitTried(LetterBox box, Instant taken) throws InterruptedException {
    long last = Long.MAX_VALUE;
    long end = System.nanoTime() + TRIED_WITHIN.toNanos();
    while (last > 0 && System.nanoTime() < end) {
      // A document's id that is no row's key can't be tried.
      long left =
          letters(box)
              .filter(letter -> letter.key().startsWith("{"))
              .filter(letter -> letter.since().isBefore(taken))
              .count();
      if (left < last) {
        last = left;
        end = System.nanoTime() + TRIED_WITHIN.toNanos();
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private boolean tell(
      TableSettings one, LetterBox box, Instant taken, long before, PrintWriter out) {
    long untried = letters(box).filter(letter -> letter.since().isBefore(taken)).count();
    long left = letters(box).count();
    out.printf(
        "%s: %d went through, %d refused again, %d not tried%n",
        one.table(), Math.max(0, before - left), left - untried, untried);
    letters(box)
        .limit(MOST_SHOWN)
        .forEach(letter -> out.println("  " + LettersList.text(one.table().toString(), letter)));
    if (left > MOST_SHOWN) {
      out.printf(
          "  and %d more; see ./run.sh dead-letters list %s%n", left - MOST_SHOWN, one.table());
    }
    out.flush();
    return left == 0;
  }

  private Stream<Letter> letters(LetterBox box) {
    return LetterBox.DIRECTIONS.stream().flatMap(direction -> letters(box, direction));
  }

  private Stream<Letter> letters(LetterBox box, Direction direction) {
    return key == null ? box.letters(direction) : box.find(direction, key).stream();
  }
}
