package io.cesync.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.Stages;
import io.cesync.document.DocumentReader.Found;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Missing;
import io.cesync.document.DocumentReader.Unknown;
import io.cesync.document.DocumentReader.Wanted;
import io.cesync.document.StoredDocument;
import io.cesync.document.WriteResult.Scope;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.KeyCodec;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a table's dead letters once more, as far as other work leaves room: rows by the worklist,
 * documents that are no row's, which have their id for a key, one by one. Confined to the loop's
 * thread.
 */
final class LetterRetry {

  private static final Logger LOG = LoggerFactory.getLogger(LetterRetry.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** So often a document isn't told of before its letter waits for the next retry. */
  private static final int MOST_UNANSWERED = 3;

  private final TableSync sync;
  private final Letters letters;
  private final NavigableSet<String> rows = new TreeSet<>();
  private final NavigableSet<String> documents = new TreeSet<>();
  private final Map<String, Integer> unanswered = new HashMap<>();
  private boolean reading;

  LetterRetry(TableSync sync, Letters letters) {
    this.sync = sync;
    this.letters = letters;
  }

  /** These keys are to be tried; those that wait already aren't tried twice. */
  void add(Collection<String> keys) {
    for (String key : keys) {
      (key.startsWith("\"") ? documents : rows).add(key);
    }
  }

  /** Somebody dropped the key's letter; all letters if it is null. */
  void forget(String key) {
    if (key == null) {
      rows.clear();
      documents.clear();
      unanswered.clear();
    } else {
      rows.remove(key);
      documents.remove(key);
      unanswered.remove(key);
    }
  }

  void addAll() {
    add(letters.keys());
  }

  boolean isIdle() {
    return rows.isEmpty() && documents.isEmpty() && !reading;
  }

  /** Starts what there is room for. */
  void step() {
    while (!rows.isEmpty() && sync.hasRoomForMore()) {
      retryRow(rows.pollFirst());
    }
    if (!reading && !documents.isEmpty()) {
      retryDocument(documents.pollFirst());
    }
  }

  private KeyCodec keys() {
    return sync.target().mapping().keys();
  }

  private void retryRow(String key) {
    try {
      Pending row = new Pending(keys().parse(key));
      row.readsDocument = true;
      if (row.key.isWholePartition()) {
        row.rewrite = true;
        row.prune = true;
      }
      sync.put(row);
    } catch (InvalidKeyException e) {
      LOG.debug("The dead letter {} is no row's", key);
    }
  }

  private void retryDocument(String key) {
    // An entry of the log with such a key isn't about a document.
    if (sync.target().twoWay().isEmpty() || !letters.ofDocuments().has(key)) {
      return;
    }
    TwoWay twoWay = sync.target().twoWay().get();
    String id;
    try {
      id = JSON.readValue(key, String.class);
    } catch (JsonProcessingException e) {
      LOG.debug("The dead letter {} is no document's", key);
      return;
    }
    CompletionStage<Look> look =
        twoWay
            .ledger()
            .get(List.of(id))
            .thenApply(known -> known.containsKey(id) ? known.get(id).routing() : null)
            .thenCompose(routing -> twoWay.documents().read(List.of(new Wanted(id, routing))))
            .thenApply(looks -> looks.get(0));
    reading = true;
    Stages.whenEnded(
        look,
        sync.loop(),
        (found, failure) -> {
          reading = false;
          if (failure == null) {
            looked(key, found);
          } else {
            documents.add(key);
            sync.failedElsewhere(failure);
          }
        });
  }

  private void looked(String key, Look look) {
    if (!(look instanceof Unknown)) {
      unanswered.remove(key);
    }
    if (look instanceof Missing) {
      letters.ofDocuments().resolved(key);
    } else if (look instanceof Unknown unknown) {
      unanswered(key, unknown.reason());
    } else if (look instanceof Found found) {
      found(key, found.document());
    }
  }

  /** The server answers, though not about this one, which must not keep the others waiting. */
  private void unanswered(String key, String reason) {
    if (unanswered.merge(key, 1, Integer::sum) < MOST_UNANSWERED) {
      documents.add(key);
      sync.failedElsewhere(Scope.INDEX, reason);
    } else {
      unanswered.remove(key);
      LOG.warn("The dead letter {} can't be tried now: {}", key, reason);
    }
  }

  private void found(String key, StoredDocument document) {
    try {
      Pending row = new Pending(keys().ofDocumentId(document.id()));
      row.routing = document.routing();
      row.readsDocument = true;
      row.whenDone(() -> letters.ofDocuments().resolved(key));
      sync.put(row);
    } catch (InvalidKeyException e) {
      sync.refuseDocument(document, e.getMessage());
    }
  }
}
