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
import io.cesync.mapping.TableMapping;
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
  record One(String name, LogReader reader, Optional<String> key) {}

  static LogTables of(
      CqlSession session, Settings settings, List<TableSettings> named, String key) {
    if (Inspector.metadata(session, new TableName("logger", "log")).isEmpty()) {
      throw new UserError("There is no change log, logger.log. Run ./run.sh install.");
    }
    LogFacts log =
        new Inspector(session, null, settings)
            .changeLog()
            .orElseThrow(
                () ->
                    new UserError(
                        "The comment of logger.log is wrong. ./run.sh check says what to do."));
    List<One> tables = new ArrayList<>();
    String mismatch = "";
    for (TableSettings table : named) {
      TableName name = table.table();
      TableMetadata metadata =
          Inspector.metadata(session, name)
              .orElseThrow(() -> new UserError("Cassandra has no table " + name + "."));
      KeyCodec keys =
          TableMapping.of(metadata, Inspector.rules(table).restrictedTo(metadata)).keys();
      try {
        Optional<String> wanted =
            key == null ? Optional.empty() : Optional.of(keys.parse(key).json());
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
      throw new UserError("--key is no key of these tables: " + mismatch);
    }
    return new LogTables(log.layout(), log.retentionSeconds(), tables);
  }

  int nameWidth() {
    return tables.stream().mapToInt(table -> table.name().length()).max().orElse(0);
  }
}
