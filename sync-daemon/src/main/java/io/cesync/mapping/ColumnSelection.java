package io.cesync.mapping;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.cesync.mapping.ColumnMapping.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Applies {@link ColumnRules} to a table, and finds what is wrong with them. */
final class ColumnSelection {
  /** Names that Elasticsearch and OpenSearch keep for themselves at the top of a document. */
  private static final Set<String> RESERVED =
      Set.of(
          "_id",
          "_index",
          "_type",
          "_source",
          "_routing",
          "_field_names",
          "_ignored",
          "_ignored_source",
          "_seq_no",
          "_primary_term",
          "_version",
          "_nested_path",
          "_doc_count",
          "_tier",
          "_feature",
          "_tsid",
          "_data_stream_timestamp",
          "_inference_fields",
          "_size",
          Raw.MEMBER);

  private ColumnSelection() {}

  static List<ColumnMapping> of(TableMetadata table, ColumnRules rules) {
    List<ColumnMapping> columns = new ArrayList<>();
    table
        .getPartitionKey()
        .forEach(column -> columns.add(mapping(column, Role.PARTITION_KEY, rules)));
    table
        .getClusteringColumns()
        .keySet()
        .forEach(column -> columns.add(mapping(column, Role.CLUSTERING, rules)));
    List<ColumnMetadata> keys = table.getPrimaryKey();
    for (ColumnMetadata column : table.getColumns().values()) {
      if (!keys.contains(column) && rules.selects(column.getName().asInternal())) {
        columns.add(mapping(column, column.isStatic() ? Role.STATIC : Role.REGULAR, rules));
      }
    }
    return List.copyOf(columns);
  }

  private static ColumnMapping mapping(ColumnMetadata column, Role role, ColumnRules rules) {
    String name = column.getName().asInternal();
    String field = rules.renames().get(name);
    return new ColumnMapping(
        name, field == null ? FieldNames.of(name) : field, column.getType(), role);
  }

  static List<MappingProblem> problems(TableMetadata table, ColumnRules rules) {
    Set<String> existing = new TreeSet<>();
    table.getColumns().keySet().forEach(name -> existing.add(name.asInternal()));
    List<MappingProblem> problems = new ArrayList<>();
    unknown("columns.include", rules.include(), existing, problems);
    unknown("columns.exclude", rules.exclude(), existing, problems);
    unknown("renames", rules.renames().keySet(), existing, problems);
    for (ColumnMetadata column : table.getPrimaryKey()) {
      String name = column.getName().asInternal();
      if (rules.exclude().contains(name)) {
        problems.add(
            new MappingProblem(
                name,
                "a key column can't be excluded",
                "take it out of columns.exclude; rename it if its name is the trouble"));
      }
    }
    id(table, rules.id(), problems);
    fields(of(table, rules), problems);
    return problems;
  }

  private static void id(TableMetadata table, List<String> id, List<MappingProblem> problems) {
    List<String> keys =
        table.getPrimaryKey().stream().map(column -> column.getName().asInternal()).toList();
    if (!id.isEmpty() && !id.stream().sorted().toList().equals(keys.stream().sorted().toList())) {
      problems.add(
          new MappingProblem(
              "id",
              String.join(", ", id) + " are not the key columns, or not each of them once",
              "name " + String.join(", ", keys) + " in the order that you want, or leave it out"));
    }
  }

  private static void unknown(
      String where, Collection<String> names, Set<String> existing, List<MappingProblem> problems) {
    for (String name : new TreeSet<>(names)) {
      if (!existing.contains(name)) {
        problems.add(
            new MappingProblem(
                name,
                "no such column, though " + where + " names it",
                "the columns are " + String.join(", ", existing)));
      }
    }
  }

  private static void fields(List<ColumnMapping> columns, List<MappingProblem> problems) {
    Map<String, String> taken = new HashMap<>();
    for (ColumnMapping column : columns) {
      String field = column.field();
      String other = taken.putIfAbsent(field, column.column());
      if (other != null) {
        problems.add(
            new MappingProblem(
                column.column(),
                "its field " + field + " is that of column " + other,
                "give one of them another name in renames"));
      }
      if (RESERVED.contains(field)) {
        problems.add(
            new MappingProblem(
                column.column(),
                "a document can't have a field " + field + " of its own",
                "give the column another name in renames"));
      } else if (field.isBlank() || field.contains(".")) {
        problems.add(
            new MappingProblem(
                column.column(),
                "\"" + field + "\" can't be a field's name: to Elasticsearch, dots make a path",
                "choose one without dots, not blank"));
      }
    }
  }
}
