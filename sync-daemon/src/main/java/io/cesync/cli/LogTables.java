package io.cesync.cli;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.cesync.UserError;
import io.cesync.changelog.LogLayout;
import io.cesync.changelog.LogReader;
import io.cesync.inspect.Inspector;
import io.cesync.inspect.LogFacts;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.KeyCodec;
import io.cesync.row.RowKey;
import io.cesync.settings.Settings;
import io.cesync.settings.TableName;
import io.cesync.settings.TableSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables whose entries are printed.
 *
 * @param retentionSeconds for how long the log keeps entries
 */
record LogTables(LogLayout layout, int retentionSeconds, List<One> tables) {

  private static final int PAGE = 500;

  /**
   * @param key the only key that is wanted, if any
   */
  record One(String name, LogReader reader, Optional<RowKey> key) {
    boolean isWanted(RowKey found) {
      return key.isEmpty() || key.get().equals(found);
    }
  }

  static LogTables of(
      CqlSession session, Settings settings, List<TableSettings> named, String key) {
    LogFacts log =
        new Inspector(session, null, settings)
            .changeLog()
            .orElseThrow(
                () ->
                    new UserError(
                        "There is no change log, or it isn't as it should be. ./run.sh check says what to do."));
    List<One> tables = new ArrayList<>();
    String mismatch = "";
    for (TableSettings table : named) {
      TableName name = table.table();
      TableMetadata metadata =
          Inspector.metadata(session, name)
              .orElseThrow(() -> new UserError("Cassandra has no table " + name + "."));
      KeyCodec keys = Inspector.keys(table, metadata);
      try {
        Optional<RowKey> wanted = key == null ? Optional.empty() : Optional.of(keys.parse(key));
        LogReader reader =
            new LogReader(
                session,
                log.table(),
                log.layout(),
                CqlIdentifier.fromInternal(name.keyspace()),
                CqlIdentifier.fromInternal(name.table()),
                keys,
                PAGE);
        tables.add(new One(name.toString(), reader, wanted));
      } catch (InvalidKeyException e) {
        mismatch = e.getMessage();
      }
    }
    if (tables.isEmpty()) {
      throw new UserError(
          "--key is no key of %s: %s. Write it as the log has it, such as {\"id\":1}."
              .formatted(named.size() == 1 ? named.get(0).table() : "any of the tables", mismatch));
    }
    return new LogTables(log.layout(), log.retentionSeconds(), tables);
  }

  int nameWidth() {
    return tables.stream().mapToInt(table -> table.name().length()).max().orElse(0);
  }
}
