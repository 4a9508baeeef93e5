package io.cesync.mapping;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.ClusteringOrder;
import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.internal.core.cql.DefaultRow;
import com.datastax.oss.driver.internal.core.cql.EmptyColumnDefinitions;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultColumnMetadata;
import com.datastax.oss.driver.internal.core.metadata.schema.DefaultTableMetadata;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tables and rows without a server. */
final class Tables {
  private static final CqlIdentifier KEYSPACE = CqlIdentifier.fromInternal("ks");
  private static final CqlIdentifier TABLE = CqlIdentifier.fromInternal("t");

  private final Map<CqlIdentifier, ColumnMetadata> partition = new LinkedHashMap<>();
  private final Map<ColumnMetadata, ClusteringOrder> clustering = new LinkedHashMap<>();
  private final Map<CqlIdentifier, ColumnMetadata> columns = new LinkedHashMap<>();

  static Tables keyedBy(String name, DataType type) {
    return new Tables().partition(name, type);
  }

  Tables partition(String name, DataType type) {
    ColumnMetadata column = column(name, type, false);
    partition.put(column.getName(), column);
    return this;
  }

  Tables clustering(String name, DataType type) {
    clustering.put(column(name, type, false), ClusteringOrder.ASC);
    return this;
  }

  Tables regular(String name, DataType type) {
    column(name, type, false);
    return this;
  }

  Tables statik(String name, DataType type) {
    column(name, type, true);
    return this;
  }

  private ColumnMetadata column(String name, DataType type, boolean isStatic) {
    CqlIdentifier id = CqlIdentifier.fromInternal(name);
    ColumnMetadata column = new DefaultColumnMetadata(KEYSPACE, TABLE, id, type, isStatic);
    columns.put(id, column);
    return column;
  }

  TableMetadata metadata() {
    return new DefaultTableMetadata(
        KEYSPACE,
        TABLE,
        new UUID(0, 1),
        false,
        false,
        List.copyOf(partition.values()),
        clustering,
        columns,
        Map.of(),
        Map.of());
  }

  TableMapping mapping() {
    return TableMapping.of(metadata(), ColumnRules.ALL);
  }

  static Row row(ByteBuffer... values) {
    return new DefaultRow(EmptyColumnDefinitions.INSTANCE, Arrays.asList(values));
  }

  /** A user-defined type: a name and a type in turn. */
  static UserDefinedType udt(boolean frozen, Object... fields) {
    UserDefinedTypeBuilder builder =
        new UserDefinedTypeBuilder(KEYSPACE, CqlIdentifier.fromInternal("u"));
    for (int i = 0; i < fields.length; i += 2) {
      builder.withField(CqlIdentifier.fromInternal((String) fields[i]), (DataType) fields[i + 1]);
    }
    return (frozen ? builder.frozen() : builder).build();
  }
}
