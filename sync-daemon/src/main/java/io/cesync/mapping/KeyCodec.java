package io.cesync.mapping;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.cesync.mapping.ColumnMapping.Role;
import io.cesync.row.RowKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The keys of one table: as the change log has them (cql/README.md), as serialised values, and as
 * documents' ids. Immutable, thread-safe.
 */
public final class KeyCodec {
  private final SerializableString[] names;
  private final Form[] forms;
  private final int partitionColumns;
  private final boolean hasSeveralTexts;
  private final boolean[] clusteringDecimals;
  private final KeyScanner scanner;
  private final DocumentIds ids;

  private KeyCodec(List<ColumnMapping> columns, int partitionColumns, List<String> id) {
    this.names =
        columns.stream()
            .map(c -> new SerializedString(c.column()))
            .toArray(SerializableString[]::new);
    this.forms = columns.stream().map(c -> Forms.KEY.of(c.type())).toArray(Form[]::new);
    this.partitionColumns = partitionColumns;
    this.clusteringDecimals = new boolean[columns.size()];
    boolean several = columns.stream().anyMatch(c -> CqlTypes.hasFloats(c.type()));
    for (int i = partitionColumns; i < columns.size(); i++) {
      clusteringDecimals[i] = columns.get(i).type().equals(DataTypes.DECIMAL);
      several |= clusteringDecimals[i];
    }
    this.hasSeveralTexts = several;
    this.scanner =
        new KeyScanner(columns.stream().map(ColumnMapping::column).toList(), partitionColumns);
    this.ids = new DocumentIds(scanner, columns.get(0).type(), order(columns, id));
  }

  /** Which key column stands where in an id. */
  private static int[] order(List<ColumnMapping> columns, List<String> id) {
    List<String> names = columns.stream().map(ColumnMapping::column).toList();
    return (id.isEmpty() ? names : id).stream().mapToInt(names::indexOf).toArray();
  }

  /**
   * The codec of a table.
   *
   * @param id the key columns in the order that ids have them; empty for that of the key
   */
  static KeyCodec of(List<ColumnMapping> columns, List<String> id) {
    return new KeyCodec(
        columns.stream().filter(ColumnMapping::isKey).toList(),
        (int) columns.stream().filter(c -> c.role() == Role.PARTITION_KEY).count(),
        id);
  }

  /** How many key columns the table has. */
  public int columns() {
    return forms.length;
  }

  /** How many of them, the first ones, are the partition key's. */
  public int partitionColumns() {
    return partitionColumns;
  }

  /**
   * The key in an entry of the change log. It looks at the columns' names and where their values
   * end, not at the values, except where one value can have several texts: floating-point numbers
   * may have been printed by another Java version, and JDK 19 changed the digits; clustering
   * decimals are the same with and without zeros at their end.
   *
   * @throws InvalidKeyException if it isn't a JSON object of this table's key columns, or of those
   *     of the partition key
   */
  public RowKey parse(String loggedKey) throws InvalidKeyException {
    RowKey key = scanner.scan(loggedKey);
    return hasSeveralTexts ? ofValues(values(key)) : key;
  }

  /**
   * The serialised values: the partition key columns, then the clustering columns unless it is a
   * whole partition's key.
   *
   * @throws InvalidKeyException if a value isn't one of its column's type
   */
  public ByteBuffer[] values(RowKey key) throws InvalidKeyException {
    ByteBuffer[] values = new ByteBuffer[key.isWholePartition() ? partitionColumns : forms.length];
    Bytes bytes = new Bytes();
    int i = 0;
    try (JsonParser json = Json.KEYS.createParser(key.json())) {
      json.nextToken();
      for (; i < values.length; i++) {
        json.nextToken();
        // only an old compact table can have it, in a clustering column
        if (json.nextToken() != JsonToken.VALUE_NULL || i < partitionColumns) {
          bytes.clear();
          forms[i].read(json, bytes);
          values[i] = bytes.copy();
        }
      }
      return values;
    } catch (IOException e) {
      // Without the place in the text, which says nothing here.
      String reason =
          e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
      throw new InvalidKeyException(key.json(), names[i].getValue() + ": " + reason, e);
    }
  }

  /**
   * The key of these serialised values; of a whole partition if only its columns' are given. They
   * are not moved.
   */
  public RowKey ofValues(ByteBuffer... values) {
    if (values.length != forms.length && values.length != partitionColumns) {
      throw new IllegalArgumentException(
          values.length + " values for a key of " + partitionColumns + " or " + forms.length);
    }
    int[] partitionBytes = new int[1];
    byte[] utf8 =
        Json.bytes(
            Json.KEYS,
            (json, soFar) -> {
              json.writeStartObject();
              for (int i = 0; i < values.length; i++) {
                write(i, values[i], json);
                if (i == partitionColumns - 1) {
                  json.flush();
                  partitionBytes[0] = soFar.size();
                }
              }
              json.writeEndObject();
            });
    String text = new String(utf8, StandardCharsets.UTF_8);
    int partitionLength =
        text.length() == utf8.length
            ? partitionBytes[0]
            : new String(utf8, 0, partitionBytes[0], StandardCharsets.UTF_8).length();
    return new RowKey(text, partitionLength, values.length < forms.length);
  }

  private void write(int i, ByteBuffer value, JsonGenerator json) throws IOException {
    json.writeFieldName(names[i]);
    if (value == null) {
      json.writeNull();
    } else {
      ByteBuffer canonical = canonical(i, value);
      forms[i].write(canonical, canonical.position(), canonical.remaining(), json);
    }
  }

  /**
   * What a key has for a column of a row with this value: the value itself, but of those that are
   * the same to Cassandra always the same one.
   */
  public ByteBuffer canonical(int column, ByteBuffer value) {
    return clusteringDecimals[column] && value != null ? ClusteringDecimal.canonical(value) : value;
  }

  /**
   * The key of a row that has the key columns, in key order, at positions 0 and up. Cassandra shows
   * a partition with static columns only as one row without clustering columns: of that, it is the
   * whole partition's key.
   */
  public RowKey ofRow(Row row) {
    boolean isRow =
        partitionColumns == forms.length || row.getBytesUnsafe(partitionColumns) != null;
    ByteBuffer[] values = new ByteBuffer[isRow ? forms.length : partitionColumns];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getBytesUnsafe(i);
    }
    return ofValues(values);
  }

  /**
   * The id of a row's document. One key column: its text, a string as it is. Several: a JSON array
   * of them in key order. Different rows have different ids. Elasticsearch takes up to 512 bytes of
   * UTF-8, which is not checked here.
   *
   * @throws IllegalArgumentException if it is a whole partition's key
   */
  public String documentId(RowKey key) {
    return ids.of(key);
  }

  /**
   * The key of the row whose document has this id.
   *
   * @throws InvalidKeyException if it is no id that a row of this table could have
   */
  public RowKey ofDocumentId(String id) throws InvalidKeyException {
    RowKey key = ofValues(values(ids.parse(id)));
    if (!ids.of(key).equals(id)) {
      throw new InvalidKeyException(id, "the key " + key + " has the id " + ids.of(key));
    }
    return key;
  }
}
