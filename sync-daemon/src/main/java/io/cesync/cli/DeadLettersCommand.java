package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.UserError;
import io.cesync.connect.CassandraConnection;
import io.cesync.connect.SchemaEvents;
import io.cesync.deadletter.LetterBox;
import io.cesync.deadletter.Requests;
import io.cesync.inspect.Inspector;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code dead-letters}: what was refused, and what to do with it. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Lists, shows, retries or drops what the other side refused.",
    subcommands = {
      LettersList.class,
      LettersShow.class,
      LettersRetry.class,
      LettersDrop.class,
    })
final class DeadLettersCommand implements Callable<Integer> {

  private static final TableName LETTERS = new TableName("logger", "dead_letter");

  @ParentCommand private Main main;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Without a word of what to do, they are listed. */
  @Override
  public Integer call() {
    return spec.subcommands().get("list").execute();
  }

  Settings settings() {
    return main.settings();
  }

  static CqlSession open(Settings settings) {
    CqlSession session = CassandraConnection.open(settings.cassandra(), new SchemaEvents());
    if (Inspector.metadata(session, LETTERS).isEmpty()) {
      session.close();
      throw new UserError("There is no table " + LETTERS + ". Run ./run.sh install.");
    }
    return session;
  }

  static LetterBox box(CqlSession session, TableName table) {
    return new LetterBox(session, Inspector.LOG.keyspace(), table);
  }

  static Requests requests(CqlSession session, TableName table) {
    return new Requests(session, Inspector.LOG.keyspace(), table);
  }

  /** Those of the settings' tables that are meant; all if none is named. */
  static List<TableSettings> tables(Settings settings, String named) {
    if (named == null) {
      return settings.tables();
    }
    String known =
        settings.tables().stream()
            .map(table -> table.table().toString())
            .collect(Collectors.joining(", "));
    List<TableSettings> found =
        settings.tables().stream().filter(table -> table.table().toString().equals(named)).toList();
    if (found.isEmpty()) {
      throw new UserError("The settings have no table " + named + ". They have: " + known + ".");
    }
    return found;
  }
}
