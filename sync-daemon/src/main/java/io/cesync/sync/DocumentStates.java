package io.cesync.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.document.DocumentReader;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.StoredDocument;
import io.cesync.ledger.Place;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.Documents;
import io.cesync.mapping.InvalidDocumentException;
import io.cesync.merge.DocumentState;
import io.cesync.row.RowKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Understands documents as they were read. Thread-safe. */
final class DocumentStates {

  private final TableTarget target;
  private final TwoWay twoWay;

  DocumentStates(TableTarget target) {
    this.target = target;
    this.twoWay = target.twoWay().orElseThrow();
  }

  /**
   * A document that a search found.
   *
   * @param by of one version of the table's schema
   * @param ofCassandra whose it is; see {@link Pending#ofCassandra}
   */
  record Understood(TableTarget by, DocumentState state, boolean ofCassandra) {

    /** Whether it need not be read, for its row has got what it says, and as of that write. */
    boolean isCarried(Place write) {
      return state instanceof DocumentState.Carried carried && carried.place().isSameWrite(write);
    }
  }

  /**
   * What a look says about a key's document. Notes whose it is.
   *
   * @param isInLedger whether the ledger has it: of such ones alone it is noticed that they are
   *     gone
   * @param look null if the document wasn't read
   * @throws InvalidDocumentException if it can't be a row's
   * @throws IOException the same, since it is no JSON
   */
  @SuppressWarnings("ReferenceEquality") // the very same document and schema are meant
  DocumentState of(RowKey key, Pending pending, boolean isInLedger, Look look)
      throws InvalidDocumentException, IOException {
    if (look instanceof DocumentReader.Found found
        && found.document() == pending.found
        && pending.understood != null
        && pending.understood.by() == target) {
      return understood(pending);
    }
    if (look == null && isCarried(pending, isInLedger)) {
      return understood(pending);
    }
    pending.ofCassandra = false;
    if (look instanceof DocumentReader.Found found) {
      DocumentState state = of(key, pending, found.document());
      pending.understood =
          found.document() == pending.found
              ? new Understood(target, state, pending.ofCassandra)
              : null;
      return state;
    } else if (look instanceof DocumentReader.Missing) {
      long known =
          isInLedger ? Math.max(pending.existedAt, twoWay.ledger().existedTo()) : Long.MIN_VALUE;
      return new DocumentState.Absent(
          twoWay.ledger().era(), Math.max(known, pending.carries.knownAt()));
    }
    return new DocumentState.Unread(twoWay.ledger().era());
  }

  private static DocumentState understood(Pending pending) {
    // It may be another key's that was merged with that one.
    pending.ofCassandra = pending.understood.ofCassandra();
    return pending.understood.state();
  }

  /** Keeps no more of a document that was found than it takes to find that its row is the same. */
  void letGo(Pending pending, DocumentState.Carried carried) {
    pending.understood = new Understood(target, carried, false);
    pending.found = null;
  }

  /** Whether a digest of what a search found is all that is left of it, and enough. */
  @SuppressWarnings("ReferenceEquality") // the very same schema is meant
  boolean isCarried(Pending pending, boolean isInLedger) {
    return !isInLedger
        && pending.understood != null
        && pending.understood.by() == target
        && pending.foundAt != null
        && pending.understood.isCarried(pending.foundAt);
  }

  private DocumentState of(RowKey key, Pending pending, StoredDocument stored)
      throws InvalidDocumentException, IOException {
    Place place = placeOf(pending, stored);
    OptionalLong time =
        twoWay.times().isBeside()
            ? twoWay.documents().timestamp(stored)
            : twoWay.times().of(stored.source());
    if (twoWay.deleted().isPresent() && twoWay.deleted().get().isOn(stored.source())) {
      return new DocumentState.Marked(place, stored.routing(), time);
    }
    JsonNode document = Documents.read(stored.source());
    Map<String, ByteBuffer> values = target.mapping().values(document);
    twoWay.check().check(document, key, values);
    pending.ofCassandra = target.mark().filter(mark -> mark.isOfCassandra(document)).isPresent();
    return new DocumentState.Present(place, stored.routing(), time, values);
  }

  /** Those values of a refused document that can be read, by column; null where it says nothing. */
  Map<String, ByteBuffer> readable(StoredDocument stored) {
    Map<String, ByteBuffer> values = new HashMap<>();
    JsonNode document;
    try {
      document = Documents.read(stored.source());
    } catch (IOException e) {
      return values;
    }
    for (ColumnMapping column : target.mapping().columns()) {
      ObjectNode alone = JsonNodeFactory.instance.objectNode();
      if (document.has(column.field())) {
        alone.set(column.field(), document.get(column.field()));
      }
      try {
        values.put(column.column(), target.mapping().values(alone).get(column.column()));
      } catch (InvalidDocumentException e) {
        // This one may be why it was refused.
      }
    }
    return values;
  }

  Place placeOf(Pending pending, StoredDocument stored) {
    return twoWay.ledger().place(pending.shard, stored.seqNo(), stored.primaryTerm());
  }
}
