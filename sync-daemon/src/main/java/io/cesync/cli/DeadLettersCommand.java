package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.cesync.UserError;
import io.cesync.connect.CassandraConnection;
import io.cesync.connect.SchemaEvents;
import io.cesync.deadletter.LetterBox;
import io.cesync.inspect.Inspector;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import java.util.concurrent.Callable;
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

  /** What a command does in Cassandra; gives back its exit code. */
  interface Work {
    int with(CqlSession session) throws InterruptedException;
  }

  static int connected(Settings settings, Work work) throws InterruptedException {
    try (CqlSession session = CassandraConnection.open(settings.cassandra(), new SchemaEvents())) {
      if (Inspector.metadata(session, LETTERS).isEmpty()) {
        throw new UserError("There is no table " + LETTERS + ". Run ./run.sh install.");
      }
      return work.with(session);
    } catch (DriverException e) {
      throw CassandraConnection.failure(settings.cassandra(), e);
    }
  }

  static LetterBox box(CqlSession session, TableName table) {
    return new LetterBox(session, Inspector.LOG.keyspace(), table);
  }
}
