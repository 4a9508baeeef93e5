package io.cesync.sync;

import io.cesync.document.StoredDocument;
import java.util.HashMap;
import java.util.Map;

/**
 * Which documents were found as cesync knows them, so that the ledger need not be asked again.
 * Bounded: half of it is forgotten when it is full. Thread-safe.
 */
final class SeenDocuments {

  private static final int CHARS_EACH = 60;

  private record Write(long seqNo, long primaryTerm) {}

  private final long most;
  private Map<String, Write> recent = new HashMap<>();
  private Map<String, Write> older = Map.of();
  private long chars;

  /**
   * @param most characters of ids, each of which counts for some more
   */
  SeenDocuments(long most) {
    this.most = most;
  }

  synchronized void add(StoredDocument document) {
    Write write = write(document);
    if (recent.put(document.id(), write) == null) {
      chars += document.id().length() + CHARS_EACH;
      if (chars > most / 2) {
        older = recent;
        recent = new HashMap<>();
        chars = 0;
      }
    }
  }

  /** Whether it is still the one that was seen. */
  synchronized boolean contains(StoredDocument document) {
    Write seen = recent.get(document.id());
    return write(document).equals(seen == null ? older.get(document.id()) : seen);
  }

  private static Write write(StoredDocument document) {
    return new Write(document.seqNo(), document.primaryTerm());
  }
}
