package io.cesync.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.row.RowKey;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether a document of an application can be its row: it may have no field that the row can't
 * have, for that would be lost when the row is written back, and its key columns must say what its
 * id says. For one version of a table's schema. Immutable, thread-safe.
 */
public final class DocumentCheck {

  private final KeyCodec keys;
  private final List<ColumnMapping> keyColumns;
  private final Map<String, CanonicalForm> forms = new HashMap<>();
  private final Set<String> fields = new HashSet<>();
  private final boolean takesOthers;

  /**
   * @param besides fields that documents may have though they are of no column
   * @param takesOthers whether they may have any others, too
   */
  public DocumentCheck(TableMapping mapping, Set<String> besides, boolean takesOthers) {
    this.takesOthers = takesOthers;
    keys = mapping.keys();
    keyColumns = mapping.columns().stream().filter(ColumnMapping::isKey).toList();
    keyColumns.forEach(c -> forms.put(c.column(), CanonicalForm.of(c.type())));
    mapping.columns().forEach(c -> fields.add(c.field()));
    fields.addAll(besides);
    fields.add(Raw.MEMBER);
  }

  /**
   * Checks one.
   *
   * @param key of its id
   * @param values as {@link TableMapping#values} reads them
   * @throws InvalidDocumentException if it can't be the row of that key; the message says why
   */
  public void check(JsonNode document, RowKey key, Map<String, ByteBuffer> values)
      throws InvalidDocumentException {
    for (Iterator<String> names = document.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!takesOthers && !fields.contains(name)) {
        throw new InvalidDocumentException(name, "no column is synced with it");
      }
    }
    ByteBuffer[] told;
    try {
      told = keys.values(key);
    } catch (InvalidKeyException e) {
      throw new InvalidDocumentException("_id", e);
    }
    for (int i = 0; i < told.length; i++) {
      ColumnMapping column = keyColumns.get(i);
      ByteBuffer value = values.get(column.column());
      if (value != null && !isSame(column, keys.canonical(i, value), told[i])) {
        throw new InvalidDocumentException(
            column.field(),
            "it says " + document.get(column.field()) + ", but the document's id is of " + key);
      }
    }
  }

  private boolean isSame(ColumnMapping column, ByteBuffer one, ByteBuffer other) {
    CanonicalForm form = forms.get(column.column());
    return Objects.equals(one, other) || (other != null && form.of(one).equals(form.of(other)));
  }
}
