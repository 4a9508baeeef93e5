package io.cesync.benchmarks.jmh;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import com.datastax.oss.driver.internal.core.cql.DefaultRow;
import com.datastax.oss.driver.internal.core.cql.EmptyColumnDefinitions;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultColumnMetadata;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultTableMetadata;
import io.cesync.mapping.ColumnRules;
import io.cesync.mapping.TableMapping;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The benchmarks' table, and a row of it, without a server. */
final class ItemTable {
  private static final CqlIdentifier KEYSPACE = CqlIdentifier.fromInternal("bench");
  private static final CqlIdentifier TABLE = CqlIdentifier.fromInternal("item");

  private ItemTable() {}

  static TableMapping mapping() {
    Map<CqlIdentifier, ColumnMetadata> columns = new LinkedHashMap<>();
    add(columns, "id", DataTypes.BIGINT);
    add(columns, "category", DataTypes.TEXT);
    add(columns, "description", DataTypes.TEXT);
    add(columns, "name", DataTypes.TEXT);
    add(columns, "price", DataTypes.DOUBLE);
    add(columns, "revision", DataTypes.INT);
    return TableMapping.of(
        new DefaultTableMetadata(
            KEYSPACE,
            TABLE,
            new UUID(0, 1),
            false,
            false,
            List.of(columns.values().iterator().next()),
            Map.of(),
            columns,
            Map.of(),
            Map.of()),
        ColumnRules.ALL);
  }

  private static void add(Map<CqlIdentifier, ColumnMetadata> columns, String name, DataType type) {
    CqlIdentifier id = CqlIdentifier.fromInternal(name);
    columns.put(id, new DefaultColumnMetadata(KEYSPACE, TABLE, id, type, false));
  }

  static Row row(long id) {
    List<ByteBuffer> values =
        Arrays.asList(
            TypeCodecs.BIGINT.encode(id, ProtocolVersion.DEFAULT),
            text("category-" + id % 97),
            text("The quick brown fox jumps over the lazy dog. ".repeat(4)),
            text("item " + id + " of the shop"),
            TypeCodecs.DOUBLE.encode(id / 100.0, ProtocolVersion.DEFAULT),
            TypeCodecs.INT.encode(2, ProtocolVersion.DEFAULT));
    return new DefaultRow(EmptyColumnDefinitions.INSTANCE, values);
  }

  private static ByteBuffer text(String value) {
    return TypeCodecs.TEXT.encode(value, ProtocolVersion.DEFAULT);
  }
}
