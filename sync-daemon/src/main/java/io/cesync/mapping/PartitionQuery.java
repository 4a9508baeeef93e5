package io.cesync.mapping;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.row.RowKey;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds the documents of a partition. */
public final class PartitionQuery {
  private PartitionQuery() {}

  /**
   * A query for an index with {@link IndexMapping#of}. It finds all documents of the partition, and
   * others if the partition key has columns that can't be searched exactly (collections, tuples,
   * odd bytes): compare the key of each document's id, {@link KeyCodec#ofDocumentId}, with {@link
   * RowKey#partition}.
   *
   * @param key of the partition, or of any row of it
   * @throws InvalidKeyException if a value isn't one of its column's type
   */
  public static ObjectNode of(TableMapping table, RowKey key) throws InvalidKeyException {
    ByteBuffer[] values = table.keys().values(key);
    ObjectNode query = JsonNodeFactory.instance.objectNode();
    ArrayNode filters = query.putObject("bool").putArray("filter");
    for (int i = 0; i < table.keys().partitionColumns(); i++) {
      ColumnMapping column = table.columns().get(i);
      Form form = Forms.DOCUMENT.of(column.type());
      ByteBuffer value = values[i];
      if (form.isNatural(value, value.position(), value.remaining())) {
        KeyFields.exact(column)
            .ifPresent(
                field -> filters.addObject().putObject("term").put(field, term(form, value)));
      }
    }
    return query;
  }

  /** The text of the value as the document has it: that is what a keyword field has as its term. */
  private static String term(Form form, ByteBuffer value) {
    byte[] json =
        Json.bytes(
            Json.DOCUMENTS,
            (generator, out) -> form.write(value, value.position(), value.remaining(), generator));
    try (var parser = Documents.parser(json)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new IllegalStateException(e); // it was just written
    }
  }
}
