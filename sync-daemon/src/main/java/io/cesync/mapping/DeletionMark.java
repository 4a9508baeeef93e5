package io.cesync.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The field by which an application says that a document counts as deleted. Immutable, thread-safe.
 *
 * @param field at the top of documents
 */
public record DeletionMark(String field) {

  /**
   * Whether a document has it: {@code true}, or {@code "true"}, which a boolean field takes, too.
   *
   * @throws IOException if the document isn't JSON
   */
  public boolean isOn(byte[] document) throws IOException {
    try (JsonParser json = Documents.parser(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals(field);
        JsonToken token = json.nextToken();
        if (found) {
          return token == JsonToken.VALUE_TRUE
              || (token == JsonToken.VALUE_STRING && json.getText().equals("true"));
        }
        json.skipChildren();
      }
      return false;
    }
  }
}
