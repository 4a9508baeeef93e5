package io.cesync.settings;

import io.cesync.yaml.Declared;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One table to sync.
 *
 * @param index never empty
 * @param id empty for the key columns in key order; whether these are the key columns is for
 *     whoever knows the schema to check
 */
public record TableSettings(
    @Declared(
            text = "The table, as keyspace.table; a name with upper case in double quotes.",
            example = "shop.product")
        TableName table,
    @Declared(
            text = "The index; <keyspace>_<table> if not given.",
            byDefault = "",
            example = "shop_product")
        String index,
    @Declared(
            text =
                "Which way changes go: both, cassandra-to-elasticsearch or elasticsearch-to-cassandra.",
            byDefault = "both")
        Direction direction,
    @Declared(
            text =
                "Most documents that may vanish from the index between two looks and still be taken for deleted ones; above it nothing is deleted in Cassandra, and the log says so. Not for cassandra-to-elasticsearch.",
            byDefault = "10000",
            min = "0",
            max = "1000000000")
        int maxDeletesPerPoll,
    @Declared(
            text =
                "How changes of the index are seen: seq_no (by sequence numbers, deletes too) or timestamp (by timestamp_field, which the application has to write; no deletes), for indices without sequence numbers. Not for cassandra-to-elasticsearch.",
            byDefault = "seq_no")
        ChangesBy changesBy,
    @Declared(
            text =
                "The field that says when a document was changed: of type date_nanos, date, or long (microseconds). install adds it, and cesync writes it unless it is a column's. Not for cassandra-to-elasticsearch.",
            byDefault = "_timestamp")
        String timestampField,
    @Declared(
            text =
                "A field by which the application says that a document is deleted: true deletes the row, and then the document itself. Not for cassandra-to-elasticsearch.",
            byDefault = "",
            example = "is_deleted")
        Optional<String> deletedField,
    @Declared(
            text =
                "A field, or a column's field, that names the system that a document, or a row, comes from; documents that cesync writes get cassandra_source_id in it, unless it is a column's.",
            byDefault = "",
            example = "source")
        Optional<String> sourceField,
    @Declared(
            text = "What source_field says of what comes from Cassandra.",
            byDefault = "cassandra")
        String cassandraSourceId,
    @Declared(
            text = "What source_field says of what comes from Elasticsearch.",
            byDefault = "elasticsearch")
        String elasticsearchSourceId,
    @Declared(
            text =
                "Whether to pass over documents that say that they come from Cassandra, and rows that say that they come from Elasticsearch. Only for writers that set source_field each time; cesync knows its own writes without.",
            byDefault = "false")
        boolean ignoreSameSource,
    @Declared(text = "Which columns become fields.", byDefault = "") Columns columns,
    @Declared(
            text = "Fields that are named differently from their columns, as column: field.",
            byDefault = "{}",
            example = "{descr: description}")
        Map<String, String> renames,
    @Declared(
            text =
                "The order of the key columns in document ids; that of the table's key if not given.",
            byDefault = "[]",
            example = "[shop_id, product_id]")
        List<String> id,
    @Declared(
            text = "Ingest pipeline that documents go through.",
            byDefault = "",
            example = "my_pipeline")
        Optional<String> pipeline,
    @Declared(
            text =
                "Which trigger install creates: atomic (one batch with the write) or ahead (before the write; faster).",
            byDefault = "atomic")
        Delivery delivery,
    @Declared(
            text = "Instead of bulk.max_documents.",
            byDefault = "",
            example = "500",
            min = "1",
            max = "100000")
        Optional<Integer> maxDocuments,
    @Declared(
            text = "Instead of bulk.max_bytes.",
            byDefault = "",
            example = "1MiB",
            min = "1KiB",
            max = "100MiB")
        Optional<ByteSize> maxBytes,
    @Declared(
            text = "Settings of an index that install creates.",
            byDefault = "{}",
            example = "{number_of_shards: 1, number_of_replicas: 1}")
        Map<String, Object> indexSettings) {

  public TableSettings {
    index = index.isEmpty() ? table.keyspace() + "_" + table.table() : index;
  }

  /** The same with another index. */
  public TableSettings withIndex(String other) {
    return new TableSettings(
        table,
        other,
        direction,
        maxDeletesPerPoll,
        changesBy,
        timestampField,
        deletedField,
        sourceField,
        cassandraSourceId,
        elasticsearchSourceId,
        ignoreSameSource,
        columns,
        renames,
        id,
        pipeline,
        delivery,
        maxDocuments,
        maxBytes,
        indexSettings);
  }

  /** Whether changes of the table are brought to the index. */
  public boolean followsTable() {
    return direction.followsTable();
  }

  /** Whether changes of the index are brought to the table. */
  public boolean followsIndex() {
    return direction.followsIndex();
  }

  /** Whether a column that isn't part of the key becomes a field. */
  public boolean includes(String column) {
    return columns.include().isEmpty()
        ? !columns.exclude().contains(column)
        : columns.include().contains(column);
  }

  /** The field of a column. */
  public String fieldOf(String column) {
    return renames.getOrDefault(column, column);
  }

  /** A choice of columns; at most one of the lists has any. */
  public record Columns(
      @Declared(
              text = "Only these (key columns are always there); all if not given.",
              byDefault = "[]",
              example = "[name, price]")
          List<String> include,
      @Declared(text = "All but these.", byDefault = "[]", example = "[secret]")
          List<String> exclude) {}
}
