package io.cesync.sync;

import io.cesync.deadletter.DeadLetters;
import io.cesync.row.RowKey;
import io.cesync.settings.Direction;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table's dead letters of both directions. Confined to the loop's thread.
 *
 * @param ofRows what the index refuses
 * @param ofDocuments what the table refuses
 */
record Letters(DeadLetters ofRows, DeadLetters ofDocuments) {

  DeadLetters of(Direction direction) {
    return direction == Direction.ELASTICSEARCH_TO_CASSANDRA ? ofDocuments : ofRows;
  }

  /** It was brought over. A document that nobody has read may be as it was when it was refused. */
  void resolved(Pending pending) {
    ofRows.resolved(pending.key);
    if (pending.readsDocument) {
      ofDocuments.resolved(pending.key);
    }
  }

  /** Somebody dropped the key's letter; all letters if it is null. */
  void forget(String key) {
    ofRows.forget(key);
    ofDocuments.forget(key);
  }

  Set<String> keys() {
    Set<String> keys = new TreeSet<>(ofRows.keys());
    keys.addAll(ofDocuments.keys());
    return keys;
  }

  Set<String> keysOf(RowKey partition) {
    Set<String> keys = new TreeSet<>(ofRows.keysOf(partition));
    keys.addAll(ofDocuments.keysOf(partition));
    return keys;
  }
}
