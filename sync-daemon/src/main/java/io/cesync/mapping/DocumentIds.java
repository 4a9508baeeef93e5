package io.cesync.mapping;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.cesync.row.RowKey;
import java.io.IOException;
import java.util.Set;

/**
 * The text of keys as ids of documents. The text of a single key column that is a JSON string
 * stands there without its quotes, unless it looks like a string with them or like {@link Raw}
 * bytes.
 */
final class DocumentIds {
  private static final Set<DataType> NOT_STRINGS =
      Set.of(
          DataTypes.TINYINT,
          DataTypes.SMALLINT,
          DataTypes.INT,
          DataTypes.BIGINT,
          DataTypes.VARINT,
          DataTypes.BOOLEAN,
          DataTypes.FLOAT,
          DataTypes.DOUBLE);
  private static final Set<String> NOT_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");
  private static final String RAW_START = "{\"" + Raw.MEMBER + "\":";

  private final KeyScanner scanner;
  private final boolean isString;

  /** The key column at each place of an id. */
  private final int[] order;

  /** With the type of the first key column, and the key column at each place of an id. */
  DocumentIds(KeyScanner scanner, DataType type, int[] order) {
    this.scanner = scanner;
    this.order = order.clone();
    this.isString = Forms.isScalar(type) && !NOT_STRINGS.contains(type);
  }

  String of(RowKey key) {
    if (key.isWholePartition()) {
      throw new IllegalArgumentException("a partition is not a document: " + key);
    }
    try {
      return scanner.columns() == 1 ? single(value(key)) : array(key.json());
    } catch (InvalidKeyException | IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private String value(RowKey key) {
    return key.json().substring(1 + scanner.member(0).length(), key.json().length() - 1);
  }

  private String single(String value) throws IOException {
    if (value.charAt(0) != '"') {
      return value;
    }
    String text =
        value.indexOf('\\') < 0 ? value.substring(1, value.length() - 1) : unquoted(value);
    return isString && (text.startsWith("\"") || text.startsWith(RAW_START)) ? value : text;
  }

  private static String unquoted(String value) throws IOException {
    try (JsonParser json = Json.KEYS.createParser(value)) {
      json.nextToken();
      return json.getText();
    }
  }

  private String array(String json) throws InvalidKeyException {
    String[] values = new String[scanner.columns()];
    int at = 1;
    for (int i = 0; i < values.length; i++) {
      int start = at + scanner.member(i).length();
      at = KeyScanner.endOfValue(json, start);
      values[i] = json.substring(start, at);
      at++;
    }
    StringBuilder array = new StringBuilder(json.length());
    for (int i = 0; i < values.length; i++) {
      array.append(i == 0 ? '[' : ',').append(values[order[i]]);
    }
    return array.append(']').toString();
  }

  /** The key that has the id; the key's text is canonical if the id is one. */
  RowKey parse(String id) throws InvalidKeyException {
    return scanner.scan(scanner.columns() == 1 ? singleKey(id) : keyOfArray(id));
  }

  private String singleKey(String id) {
    boolean plain =
        isString ? !id.startsWith("\"") && !id.startsWith(RAW_START) : NOT_NUMBERS.contains(id);
    String value =
        plain ? '"' + new String(JsonStringEncoder.getInstance().quoteAsString(id)) + '"' : id;
    return '{' + scanner.member(0) + value + '}';
  }

  private String keyOfArray(String id) throws InvalidKeyException {
    String[] values = new String[scanner.columns()];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      if (at >= id.length() || id.charAt(at) != (i == 0 ? '[' : ',')) {
        throw new InvalidKeyException(id, "not an array of " + scanner.columns() + " values");
      }
      int end = KeyScanner.endOfValue(id, at + 1);
      values[order[i]] = id.substring(at + 1, end);
      at = end;
    }
    if (at != id.length() - 1 || id.charAt(at) != ']') {
      throw new InvalidKeyException(id, "not an array of " + scanner.columns() + " values");
    }
    StringBuilder key = new StringBuilder(id.length() + 32);
    for (int i = 0; i < values.length; i++) {
      key.append(i == 0 ? '{' : ',').append(scanner.member(i)).append(values[i]);
    }
    return key.append('}').toString();
  }
}
