package io.cesync.settings;

import io.cesync.yaml.Check;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What must hold for each table, and between it and those before it. For one file; not thread-safe.
 */
final class TableChecks implements Check<TableSettings> {
  private static final Pattern FORBIDDEN_IN_INDEX = Pattern.compile("[\\\\/*?\"<>| ,#:]");
  private static final int LONGEST_INDEX = 255;

  private final Set<TableName> tables = new HashSet<>();
  private final Map<String, TableName> indices = new HashMap<>();

  @Override
  public void check(TableSettings table, Reporter at) {
    if (!tables.add(table.table())) {
      at.problem("table", table.table() + " stands in tables twice; remove one");
    } else {
      index(table, at);
    }
    if (table.table().keyspace().startsWith("system")) {
      at.problem("table", "is Cassandra's own; name a table of yours");
    }
    columns(table, at);
    renames(table, at);
    duplicates("id", table.id(), at);
    topLevelField("timestamp_field", table.timestampField(), at);
    table.deletedField().ifPresent(field -> deletedField(table, field, at));
    table.sourceField().ifPresent(field -> topLevelField("source_field", field, at));
    if (table.ignoreSameSource() && table.sourceField().isEmpty()) {
      at.problem("ignore_same_source", "needs source_field; set it, or leave this out");
    }
    if (table.cassandraSourceId().equals(table.elasticsearchSourceId())) {
      at.problem("cassandra_source_id", "must be another one than elasticsearch_source_id");
    }
  }

  private static void deletedField(TableSettings table, String field, Reporter at) {
    topLevelField("deleted_field", field, at);
    if (!table.followsIndex()) {
      at.problem(
          "deleted_field", "is of no use as changes of the index aren't followed; remove it");
    } else if (field.equals(table.timestampField())) {
      at.problem("deleted_field", "can't be the same field as timestamp_field");
    }
  }

  private static void topLevelField(String key, String field, Reporter at) {
    if (!field.matches("[^.\\s$][^.\\s]*")) {
      at.problem(
          key,
          "can't be \"" + field + "\": a field at the top of documents, without dots or spaces");
    }
  }

  private void index(TableSettings table, Reporter at) {
    String index = table.index();
    String wrong = wrongIn(index);
    if (!wrong.isEmpty()) {
      at.problem("index", "must be another name than \"" + index + "\": index names " + wrong);
    }
    TableName other = indices.putIfAbsent(index, table.table());
    if (other != null) {
      at.problem(
          "index", index + " is already the index of " + other + "; each table needs its own");
    }
  }

  /** The rule of index names that a name breaks; empty if none. */
  private static String wrongIn(String index) {
    if (!index.equals(index.toLowerCase(Locale.ROOT))) {
      return "are in lower case";
    }
    if (FORBIDDEN_IN_INDEX.matcher(index).find()) {
      return "can't have any of \\ / * ? \" < > | , # : or a space";
    }
    if (index.matches("[-_+.].*")) {
      return "can't begin with - _ + or a dot";
    }
    return index.getBytes(StandardCharsets.UTF_8).length > LONGEST_INDEX
        ? "are at most " + LONGEST_INDEX + " bytes long"
        : "";
  }

  private static void columns(TableSettings table, Reporter at) {
    List<String> include = table.columns().include();
    List<String> exclude = table.columns().exclude();
    if (!include.isEmpty() && !exclude.isEmpty()) {
      at.problem("columns", "has both include and exclude; keep one");
    }
    duplicates("columns", include, at);
    duplicates("columns", exclude, at);
  }

  private static void renames(TableSettings table, Reporter at) {
    Set<String> fields = new HashSet<>();
    table
        .renames()
        .forEach(
            (column, field) -> {
              if (!fields.add(field)) {
                at.problem("renames", "two columns can't both become the field " + field);
              }
              if (!field.matches("[^_.\\s][^.\\s]*")) {
                at.problem(
                    "renames",
                    "a field name can't be \"" + field + "\": no leading _, no dots, no spaces");
              }
              if (table.columns().exclude().contains(column)) {
                at.problem("renames", column + " is excluded, so it can't be renamed; remove one");
              }
            });
  }

  private static void duplicates(String key, List<String> names, Reporter at) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        at.problem(key, name + " stands there twice; remove one");
      }
    }
  }
}
