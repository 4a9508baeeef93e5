package io.cesync.sync;

import io.cesync.document.WriteResult.Scope;
import io.cesync.row.ReadFailure;
import io.cesync.settings.Direction;
import java.util.OptionalLong;

/** What became of one attempt to bring a key over. */
sealed interface Outcome {

  /**
   * The other side is as the row was.
   *
   * @param deleted there was no row, and the document is deleted
   * @param unchanged it was so already, and nothing was written
   */
  record Done(boolean deleted, boolean unchanged, Visibility visibility) implements Outcome {}

  /** The row doesn't show the entry's write yet; nothing was written. */
  record Unseen() implements Outcome {}

  /** The document has a newer version. */
  record Conflict(OptionalLong current) implements Outcome {}

  /** The other side can't take it now. */
  record Retry(Scope scope, String reason) implements Outcome {}

  /**
   * The other side refuses it for good.
   *
   * @param direction which way it was to go
   * @param document what was refused, or null
   */
  record Rejected(Direction direction, String reason, String document) implements Outcome {

    /** A row's document, by the index. */
    static Rejected row(String reason, String document) {
      return new Rejected(Direction.CASSANDRA_TO_ELASTICSEARCH, reason, document);
    }

    /** An application's document, by the table. */
    static Rejected document(String reason, String document) {
      return new Rejected(Direction.ELASTICSEARCH_TO_CASSANDRA, reason, document);
    }
  }

  /** The table was written, or more must be known: once more, at once. */
  record Again(Why why) implements Outcome {

    /** What comes before. */
    enum Why {
      /** The document has to be read. */
      DOCUMENT_UNKNOWN,
      /** The document has changed since it was read. */
      DOCUMENT_CHANGED,
      ROW_WRITTEN,
      ROW_DELETED
    }
  }

  /** The row couldn't be read. */
  record Unread(ReadFailure failure, String reason) implements Outcome {}
}
