package io.cesync.inspect;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.UserError;
import io.cesync.document.Indices;
import io.cesync.document.SearchClient;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.KeyCodec;
import io.cesync.row.RowKey;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A key's row and document as they are now, for a person to look at. Waits for the servers. */
public final class NowOf {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CqlSession session;
  private final TableSettings settings;
  private final TableMetadata table;
  private final KeyCodec keys;

  /**
   * @throws UserError if there is no such table
   */
  public NowOf(CqlSession session, TableSettings settings) {
    this.session = session;
    this.settings = settings;
    this.table =
        Inspector.metadata(session, settings.table())
            .orElseThrow(
                () -> new UserError("Cassandra has no table " + settings.table() + " any more."));
    this.keys = Inspector.keys(settings, table);
  }

  /** Whether a letter's key can be a row's, or a partition's. */
  public boolean isRow(String key) {
    try {
      keys.values(keys.parse(key));
      return true;
    } catch (InvalidKeyException e) {
      return false;
    }
  }

  /** The row in Cassandra's JSON; empty if there is none, or the key is no row's. */
  public Optional<String> row(String key) {
    try {
      ByteBuffer[] values = keys.values(keys.parse(key));
      List<ColumnMetadata> columns = table.getPrimaryKey().subList(0, values.length);
      BoundStatement select =
          session
              .prepare(
                  "SELECT JSON * FROM "
                      + table.getKeyspace().asCql(true)
                      + "."
                      + table.getName().asCql(true)
                      + columns.stream()
                          .map(column -> column.getName().asCql(true) + " = ?")
                          .collect(Collectors.joining(" AND ", " WHERE ", " LIMIT 1")))
              .bind();
      for (int i = 0; i < values.length; i++) {
        select = select.setBytesUnsafe(i, values[i]);
      }
      return Optional.ofNullable(session.execute(select).one()).map((Row row) -> row.getString(0));
    } catch (InvalidKeyException e) {
      return Optional.empty();
    }
  }

  /** The document's source; empty if there is none that a search finds. */
  public Optional<String> document(SearchClient client, String key) throws IOException {
    Optional<String> id = id(key);
    return id.isEmpty() ? Optional.empty() : new Indices(client).source(settings.index(), id.get());
  }

  private Optional<String> id(String key) {
    try {
      if (key.startsWith("\"")) {
        return Optional.of(JSON.readValue(key, String.class));
      }
      RowKey row = keys.parse(key);
      return row.isWholePartition() ? Optional.empty() : Optional.of(keys.documentId(row));
    } catch (InvalidKeyException | IOException e) {
      return Optional.empty();
    }
  }
}
