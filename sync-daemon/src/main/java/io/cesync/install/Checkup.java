package io.cesync.install;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.inspect.Inspection;
import io.cesync.inspect.Inspector;
import io.cesync.inspect.Problem;
import io.cesync.inspect.TableFacts;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An inspection that also tries things: reading each table, writing to each index, and the trigger
 * through every node. It leaves nothing behind but short-lived rows of the canary table and their
 * entries.
 */
public final class Checkup {

  private final CqlSession session;
  private final SearchClient client;
  private final Settings settings;

  public Checkup(CqlSession session, SearchClient client, Settings settings) {
    this.session = session;
    this.client = client;
    this.settings = settings;
  }

  /**
   * Looks and tries.
   *
   * @throws IOException if the search server doesn't answer
   */
  public Inspection check() throws IOException {
    Inspection found = new Inspector(session, new Indices(client), settings).inspect();
    List<Problem> problems = new ArrayList<>(found.problems());
    for (TableSettings table : settings.tables()) {
      if (Inspector.metadata(session, table.table()).isPresent()) {
        read(table.table(), problems);
      }
    }
    for (TableFacts table : found.tables()) {
      write(table, problems);
    }
    found
        .log()
        .filter(log -> settings.tables().stream().anyMatch(TableSettings::followsTable))
        .ifPresent(
            log -> {
              if (Inspector.triggers(session, "logger", "canary").isEmpty()) {
                problems.add(
                    new Problem(
                        "logger.canary",
                        "the trigger can't be tried: the table or its trigger is missing",
                        "Run ./run.sh install"));
              } else {
                problems.addAll(new Canary(session, log.layout()).fly());
              }
            });
    return new Inspection(found.log(), found.tables(), List.copyOf(problems));
  }

  private void read(TableName table, List<Problem> problems) {
    try {
      session.execute("SELECT * FROM " + table + " LIMIT 1");
    } catch (DriverException e) {
      problems.add(
          new Problem(
              table.toString(),
              "it can't be read: " + e.getMessage(),
              "Grant SELECT on it to cassandra.username, and see that enough replicas are up"));
    }
  }

  /** Deletes a document that nobody has, in a bulk as the daemon sends them. */
  private void write(TableFacts table, List<Problem> problems) {
    new Trial(client)
        .write(table.settings().index())
        .ifPresent(
            reason ->
                problems.add(
                    new Problem(
                        "index " + table.settings().index(),
                        "it can't be written to: " + reason,
                        "Give elasticsearch.username the right to write to it, and lift blocks on the index")));
  }
}
