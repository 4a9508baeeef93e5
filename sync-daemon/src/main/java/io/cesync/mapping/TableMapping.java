package io.cesync.mapping;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of one table to documents and back, for one version of the table's schema. Immutable,
 * thread-safe.
 *
 * <p>A column whose bytes can't be told in JSON as Elasticsearch's field for it would take them,
 * such as a NaN in a vector or text that isn't UTF-8, is in the document's object {@code $raw}
 * instead, as {@code 0x} and hex: it comes back exactly, but can't be searched.
 */
public final class TableMapping {
  private final String keyspace;
  private final String table;
  private final List<ColumnMapping> columns;
  private final KeyCodec keys;
  private final Form[] forms;
  private final SerializableString[] names;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, String> constants;

  private TableMapping(TableMetadata table, List<ColumnMapping> columns, ColumnRules rules) {
    this.keyspace = table.getKeyspace().asInternal();
    this.table = table.getName().asInternal();
    this.columns = columns;
    this.keys = KeyCodec.of(columns, rules.id());
    this.forms = columns.stream().map(c -> Forms.DOCUMENT.of(c.type())).toArray(Form[]::new);
    this.names =
        columns.stream()
            .map(c -> new SerializedString(c.field()))
            .toArray(SerializableString[]::new);
    columns.forEach(column -> positions.put(column.field(), positions.size()));
    this.constants = new TreeMap<>(rules.constants());
    this.constants.keySet().removeAll(positions.keySet());
  }

  /**
   * The mapping.
   *
   * @throws InvalidMappingException with every reason why the rules don't suit the table
   */
  public static TableMapping of(TableMetadata table, ColumnRules rules) {
    List<MappingProblem> problems = problems(table, rules);
    if (!problems.isEmpty()) {
      throw new InvalidMappingException(
          table.getKeyspace().asInternal() + "." + table.getName().asInternal(), problems);
    }
    return new TableMapping(table, ColumnSelection.of(table, rules), rules);
  }

  /** What {@link #of} would refuse; empty if nothing. */
  public static List<MappingProblem> problems(TableMetadata table, ColumnRules rules) {
    return ColumnSelection.problems(table, rules);
  }

  public String keyspace() {
    return keyspace;
  }

  public String table() {
    return table;
  }

  /**
   * The synced columns: partition key and clustering columns in key order, then the others by name.
   */
  public List<ColumnMapping> columns() {
    return columns;
  }

  public KeyCodec keys() {
    return keys;
  }

  /**
   * A row as a document.
   *
   * @param row has {@link #columns()} in that order at positions 0 and up; more may follow
   * @return JSON in UTF-8, one object; columns that are null are left out
   */
  public byte[] document(Row row) {
    return Json.bytes(Json.DOCUMENTS, (json, out) -> write(row, json));
  }

  private void write(Row row, JsonGenerator json) throws IOException {
    json.writeStartObject();
    boolean rest = false;
    for (int i = 0; i < forms.length; i++) {
      ByteBuffer bytes = row.getBytesUnsafe(i);
      if (bytes == null) {
        continue;
      }
      int at = bytes.position();
      int length = bytes.remaining();
      if (forms[i].isNatural(bytes, at, length)) {
        json.writeFieldName(names[i]);
        forms[i].write(bytes, at, length, json);
      } else {
        rest = true;
      }
    }
    if (rest) {
      writeRest(row, json);
    }
    for (Map.Entry<String, String> constant : constants.entrySet()) {
      json.writeStringField(constant.getKey(), constant.getValue());
    }
    json.writeEndObject();
  }

  private void writeRest(Row row, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(Raw.MEMBER);
    for (int i = 0; i < forms.length; i++) {
      ByteBuffer bytes = row.getBytesUnsafe(i);
      if (bytes != null && !forms[i].isNatural(bytes, bytes.position(), bytes.remaining())) {
        json.writeFieldName(names[i]);
        json.writeString(Raw.text(bytes, bytes.position(), bytes.remaining()));
      }
    }
    json.writeEndObject();
  }

  /**
   * A document's values: for every one of {@link #columns()}, by column name and in their order,
   * the serialised value, null where the document has none. Fields that belong to no column are
   * passed over.
   *
   * @param document as {@link Documents#read} reads it; other trees may have lost digits already
   * @throws InvalidDocumentException if a field can't be a value of its column
   */
  public Map<String, ByteBuffer> values(JsonNode document) throws InvalidDocumentException {
    try (JsonParser json = document.traverse()) {
      json.nextToken();
      return values(json);
    } catch (IOException e) {
      throw new InvalidDocumentException("(whole document)", e);
    }
  }

  /**
   * The same from a parser at the document's opening brace; it is left at the closing one.
   *
   * @throws IOException if it isn't JSON
   */
  public Map<String, ByteBuffer> values(JsonParser json)
      throws IOException, InvalidDocumentException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw Unreadable.expected("an object", json);
    }
    ByteBuffer[] values = new ByteBuffer[forms.length];
    ByteBuffer[] rest = new ByteBuffer[forms.length];
    Bytes bytes = new Bytes();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      Integer position = positions.get(field);
      JsonToken token = json.nextToken();
      if (position != null) {
        values[position] = token == JsonToken.VALUE_NULL ? null : value(position, json, bytes);
      } else if (field.equals(Raw.MEMBER) && token == JsonToken.START_OBJECT) {
        readRest(json, rest);
      } else {
        json.skipChildren();
      }
    }
    Map<String, ByteBuffer> byColumn = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      byColumn.put(columns.get(i).column(), values[i] == null ? rest[i] : values[i]);
    }
    return byColumn;
  }

  private ByteBuffer value(int position, JsonParser json, Bytes bytes)
      throws IOException, InvalidDocumentException {
    bytes.clear();
    try {
      forms[position].read(json, bytes);
    } catch (Unreadable e) {
      throw new InvalidDocumentException(columns.get(position).field(), e);
    }
    ByteBuffer value = bytes.copy();
    return isNothing(columns.get(position), value) ? null : value;
  }

  /**
   * To Cassandra, an empty non-frozen collection, or such a user-defined type without any field, is
   * null.
   */
  private static boolean isNothing(ColumnMapping column, ByteBuffer value) {
    if (!column.isMultiCell()) {
      return false;
    }
    int nothing = column.type() instanceof UserDefinedType ? -1 : 0;
    for (int i = 0; i < value.limit(); i += Integer.BYTES) {
      if (value.getInt(i) != nothing) {
        return false;
      }
    }
    return nothing == -1 || value.limit() == Integer.BYTES;
  }

  private void readRest(JsonParser json, ByteBuffer[] rest)
      throws IOException, InvalidDocumentException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      Integer position = positions.get(json.currentName());
      json.nextToken();
      if (position == null) {
        json.skipChildren();
      } else {
        try {
          rest[position] = ByteBuffer.wrap(Raw.read(json));
        } catch (Unreadable e) {
          throw new InvalidDocumentException(Raw.MEMBER + "." + columns.get(position).field(), e);
        }
      }
    }
  }
}
