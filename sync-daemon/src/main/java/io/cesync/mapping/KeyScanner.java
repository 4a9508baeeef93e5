package io.cesync.mapping;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.cesync.row.RowKey;
import java.util.List;

/** Finds the columns in the text of a key without making anything of their values. */
final class KeyScanner {
  private final String[] members;
  private final int partitionColumns;

  /** With all key columns, those of the partition key first. */
  KeyScanner(List<String> columns, int partitionColumns) {
    this.members =
        columns.stream()
            .map(
                column ->
                    '"' + new String(JsonStringEncoder.getInstance().quoteAsString(column)) + "\":")
            .toArray(String[]::new);
    this.partitionColumns = partitionColumns;
  }

  int columns() {
    return members.length;
  }

  /** The column's name in JSON with its colon. */
  String member(int column) {
    return members[column];
  }

  RowKey scan(String json) throws InvalidKeyException {
    if (!json.startsWith("{")) {
      throw new InvalidKeyException(json, "no { at the start");
    }
    int at = 1;
    int partitionLength = 0;
    for (int i = 0; i < members.length; i++) {
      if (!json.startsWith(members[i], at)) {
        throw new InvalidKeyException(json, "no column " + members[i] + " at " + at);
      }
      at = endOfValue(json, at + members[i].length());
      char next = at < json.length() ? json.charAt(at) : 0;
      if (i == partitionColumns - 1) {
        partitionLength = at;
        if (next == '}' && at == json.length() - 1) {
          return new RowKey(json, at, partitionColumns < members.length);
        }
      }
      if (next != (i < members.length - 1 ? ',' : '}')) {
        throw new InvalidKeyException(json, "unexpected end of a value at " + at);
      }
      at++;
    }
    if (at < json.length()) {
      throw new InvalidKeyException(json, "more than the key columns");
    }
    return new RowKey(json, partitionLength, false);
  }

  /** Where the value that begins at {@code from} ends: the position after it. */
  static int endOfValue(String json, int from) throws InvalidKeyException {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
          if (depth == 0) {
            return i + 1;
          }
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (depth == 0 && (c == ',' || c == ']' || c == '}')) {
        if (i == from) {
          throw new InvalidKeyException(json, "no value at " + i);
        }
        return i;
      } else if (c == ']' || c == '}') {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    throw new InvalidKeyException(json, "it ends within a value");
  }
}
