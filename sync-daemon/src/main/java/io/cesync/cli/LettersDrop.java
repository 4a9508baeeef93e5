package io.cesync.cli;

import io.cesync.UserError;
import io.cesync.deadletter.LetterBox;
import io.cesync.deadletter.Requests;
import io.cesync.deadletter.Requests.Request;
import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import io.cesync.state.State;
import io.cesync.state.StateException;
import io.cesync.state.StateFile;
import io.cesync.state.StateLock;
import io.cesync.state.StreamState;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code dead-letters drop}. */
@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    description = "Gives letters up: a key's, a table's, or all. The sides stay different there.")
final class LettersDrop implements Callable<Integer> {

  @ParentCommand private DeadLettersCommand parent;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private LetterChoice choice;

  @Option(names = "--yes", description = "Doesn't ask before more than a key's are dropped.")
  private boolean yes;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = parent.settings();
    List<TableSettings> tables = choice.tables(settings);
    return DeadLettersCommand.connected(
        settings,
        session -> {
          for (TableSettings table : tables) {
            TableName name = table.table();
            drop(settings, name, DeadLettersCommand.box(session, name));
          }
          return CommandLine.ExitCode.OK;
        });
  }

  private void drop(Settings settings, TableName name, LetterBox box) {
    long letters = choice.count(name, box);
    String what = LettersList.letters(letters) + " of " + name;
    if (letters > 0) {
      confirm(what);
      for (Direction direction : LetterBox.DIRECTIONS) {
        if (choice.key() == null) {
          box.deleteAll(direction);
        } else {
          box.delete(direction, choice.key());
        }
      }
      tell(settings, name, box);
    }
    var out = spec.commandLine().getOut();
    out.println(letters == 0 ? name + ": no dead letters." : "Dropped " + what + ".");
    out.flush();
  }

  private void confirm(String what) {
    if (yes || choice.key() != null) {
      return;
    }
    if (!Boolean.getBoolean("cesync.terminal")) {
      throw new UserError(
          "To drop %s, say --yes: there is no terminal to ask on. Nothing was dropped."
              .formatted(what));
    }
    PrintWriter err = spec.commandLine().getErr();
    if (!confirmed(what, new InputStreamReader(System.in, Charset.defaultCharset()), err)) {
      throw new UserError("Nothing was dropped of %s.".formatted(what));
    }
  }

  static boolean confirmed(String what, Reader in, PrintWriter out) {
    out.printf("Drop %s? Rows and documents stay different there. Type yes: ", what);
    out.flush();
    Scanner answers = new Scanner(in);
    return answers.hasNextLine() && answers.nextLine().strip().equals("yes");
  }

  /** A running daemon remembers which keys have letters; without one, status goes by its state. */
  private void tell(Settings settings, TableName name, LetterBox box) {
    try (StateLock lock = StateLock.acquire(settings.stateFile())) {
      StateFile file = new StateFile(settings.stateFile());
      State before = file.load();
      State state = before;
      for (Direction direction : LetterBox.DIRECTIONS) {
        StreamState stream = state.stream(name, direction);
        if (stream.deadLettersNow().isPresent()) {
          long left = choice.key() == null ? 0 : box.count(direction);
          state = state.with(name, direction, stream.withDeadLettersNow(left));
        }
      }
      if (!state.equals(before)) {
        file.save(state);
      }
    } catch (StateException e) {
      new Requests(settings.stateFile()).ask(new Request(name.toString(), choice.key(), true));
    }
  }
}
