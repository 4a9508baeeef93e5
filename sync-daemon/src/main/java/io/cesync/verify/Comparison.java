package io.cesync.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.inspect.Inspector;
import io.cesync.mapping.CanonicalForm;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.DeletionMark;
import io.cesync.mapping.Documents;
import io.cesync.mapping.InvalidDocumentException;
import io.cesync.mapping.TableMapping;
import io.cesync.settings.TableSettings;
import io.cesync.verify.Difference.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Holds rows, told as documents, against the documents of the index. Values are compared, not their
 * spelling. For one version of a table's schema. Immutable, thread-safe.
 */
final class Comparison {

  private static final String RAW = "$raw";

  private final TableMapping mapping;
  private final TableSettings table;
  private final Set<String> known = new HashSet<>();
  private final Map<String, CanonicalForm> forms = new HashMap<>();

  Comparison(TableMapping mapping, TableSettings table) {
    this.mapping = mapping;
    this.table = table;
    known.addAll(Inspector.documentFields(table).names());
    known.add(RAW);
    for (ColumnMapping column : mapping.columns()) {
      known.add(column.field());
      forms.put(column.column(), CanonicalForm.of(column.type()));
    }
  }

  /**
   * What differs; empty if nothing.
   *
   * @param row as its document should be; null if there is no row
   * @param document as the index has it; null if it has none
   */
  Optional<Difference> compare(String id, byte[] row, byte[] document) {
    if (row == null || document == null) {
      return row == null && document == null
          ? Optional.empty()
          : Optional.of(
              difference(
                  id, row == null ? Kind.TOO_MANY : Kind.MISSING, "", tree(row), tree(document)));
    }
    if (Arrays.equals(row, document)) {
      return Optional.empty();
    }
    try {
      return differing(id, row, document);
    } catch (InvalidDocumentException e) {
      return Optional.of(difference(id, Kind.DIFFERENT, e.getMessage(), tree(row), tree(document)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Difference> differing(String id, byte[] row, byte[] document)
      throws IOException, InvalidDocumentException {
    ObjectNode expected = tree(row);
    ObjectNode found = tree(document);
    ObjectNode left = JsonNodeFactory.instance.objectNode();
    ObjectNode right = JsonNodeFactory.instance.objectNode();
    Map<String, ByteBuffer> wanted = mapping.values(expected);
    Map<String, ByteBuffer> told = mapping.values(found);
    for (ColumnMapping column : mapping.columns()) {
      CanonicalForm form = forms.get(column.column());
      if (!isSame(form, wanted.get(column.column()), told.get(column.column()))) {
        left.set(column.field(), value(expected, column.field()));
        right.set(column.field(), value(found, column.field()));
      }
    }
    String reason = left.isEmpty() ? "" : "other values";
    // A pipeline may add what it likes.
    for (Iterator<String> names = found.fieldNames();
        table.pipeline().isEmpty() && names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        right.set(name, found.get(name));
        reason = reason.isEmpty() ? "fields that no column has" : reason;
      }
    }
    Optional<String> mark = table.deletedField();
    if (mark.isPresent() && new DeletionMark(mark.get()).isOn(document)) {
      right.set(mark.get(), found.get(mark.get()));
      reason = "the document says that it is deleted";
    }
    return left.isEmpty() && right.isEmpty()
        ? Optional.empty()
        : Optional.of(difference(id, Kind.DIFFERENT, reason, left, right));
  }

  private static boolean isSame(CanonicalForm form, ByteBuffer one, ByteBuffer other) {
    return Objects.equals(one, other)
        || (one != null && other != null && form.of(one).equals(form.of(other)));
  }

  private static JsonNode value(ObjectNode document, String field) {
    JsonNode value = document.get(field);
    return value == null ? document.path(RAW).get(field) : value;
  }

  /** A document whose id is no key of the table. */
  Difference foreign(String id, String reason) {
    return difference(id, Kind.TOO_MANY, reason, null, null);
  }

  private Difference difference(
      String id, Kind kind, String reason, ObjectNode row, ObjectNode document) {
    return new Difference(table.table().toString(), id, kind, reason, row, document, false, false);
  }

  private static ObjectNode tree(byte[] json) {
    try {
      return json == null ? null : (ObjectNode) Documents.read(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
