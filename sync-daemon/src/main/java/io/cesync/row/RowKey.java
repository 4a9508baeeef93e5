package io.cesync.row;

/**
 * The key of a row, or of a whole partition, in canonical text form (cql/README.md). Two keys of
 * one table are equal if and only if their texts are. Immutable.
 *
 * @param json a JSON object without white space: the partition key columns in order, then the
 *     clustering columns
 * @param partitionLength how many characters of {@code json}, from the left, hold the partition key
 *     columns (the brace that opens the object included, a comma or brace after them not)
 * @param isWholePartition whether the key stands for all rows of its partition: the table has
 *     clustering columns and the key hasn't
 */
public record RowKey(String json, int partitionLength, boolean isWholePartition) {

  /** The text of the partition's own key, {@code {"a":1}} for {@code {"a":1,"b":2}}. */
  public String partition() {
    return partitionLength + 1 == json.length()
        ? json
        : json.substring(0, partitionLength).concat("}");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowKey key && json.equals(key.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json;
  }
}
