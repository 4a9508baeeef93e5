package io.cesync.demo;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.ColumnRules;
import io.cesync.mapping.Documents;
import io.cesync.mapping.TableMapping;
import io.cesync.mapping.TimestampField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares tables with their indices: every row with the document of its key, every value with its
 * field, and every document with the row it came from. Of the daemon it uses only how a row is told
 * as a document. While something is being written or expires, it may see the two at different
 * times.
 */
public final class Comparison {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final CqlSession session;
  private final SearchReader search;
  private final ConsistencyLevel consistency;

  public Comparison(CqlSession session, SearchReader search, ConsistencyLevel consistency) {
    this.session = session;
    this.search = search;
    this.consistency = consistency;
  }

  /** Compares tables, given with their keyspace, whose indices have the daemon's default names. */
  public Compared compare(Collection<String> tables) throws InterruptedException {
    Compared all = Compared.NOTHING;
    for (String table : tables) {
      all = all.plus(compare(table));
    }
    return all;
  }

  private Compared compare(String name) throws InterruptedException {
    TableMapping mapping = TableMapping.of(metadata(name), ColumnRules.ALL);
    Map<String, JsonNode> documents = search.documents(name.replace('.', '_'));
    long documentCount = documents.size();
    long rows = 0;
    List<Difference> differences = new ArrayList<>();
    for (Row row : rows(mapping, name)) {
      if (isOnlyStatic(mapping, row)) {
        continue;
      }
      rows++;
      String id = mapping.keys().documentId(mapping.keys().ofRow(row));
      JsonNode expected = tree(mapping.document(row));
      JsonNode document = documents.remove(id);
      if (document instanceof ObjectNode fields) {
        // Of a two-way table; no column's.
        fields.remove(TimestampField.USUAL);
      }
      if (document == null) {
        differences.add(new Difference(name, id, expected.toString(), Difference.NONE));
      } else if (!Meaning.isSame(expected, document)) {
        differences.add(difference(name, id, expected, document));
      }
    }
    documents.forEach(
        (id, document) ->
            differences.add(new Difference(name, id, Difference.NONE, document.toString())));
    return new Compared(rows, documentCount, differences);
  }

  private TableMetadata metadata(String name) {
    String[] parts = name.split("\\.", 2);
    return session
        .getMetadata()
        .getKeyspace(parts[0])
        .flatMap(keyspace -> keyspace.getTable(parts[1]))
        .orElseThrow(() -> new IllegalArgumentException("there is no table " + name));
  }

  private Iterable<Row> rows(TableMapping mapping, String name) {
    String columns =
        mapping.columns().stream().map(ColumnMapping::cql).collect(Collectors.joining(", "));
    return session.execute(
        SimpleStatement.newInstance("SELECT %s FROM %s".formatted(columns, name))
            .setConsistencyLevel(consistency)
            .setTimeout(TIMEOUT)
            .setPageSize(1000));
  }

  /** A partition that has static columns but no rows comes as a row without clustering columns. */
  private static boolean isOnlyStatic(TableMapping mapping, Row row) {
    return row.isNull(mapping.keys().columns() - 1);
  }

  /** Only the fields that differ. */
  private static Difference difference(
      String table, String id, JsonNode expected, JsonNode document) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    TreeSet<String> fields = new TreeSet<>();
    for (Iterator<String> names = expected.fieldNames(); names.hasNext(); ) {
      fields.add(names.next());
    }
    for (Iterator<String> names = document.fieldNames(); names.hasNext(); ) {
      fields.add(names.next());
    }
    for (String field : fields) {
      JsonNode left = expected.get(field);
      JsonNode right = document.get(field);
      if (!Meaning.isSame(left, right)) {
        row.set(field, left);
        found.set(field, right);
      }
    }
    return new Difference(table, id, row.toString(), found.toString());
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Documents.read(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
