package io.cesync.merge;

import io.cesync.ledger.Place;
import java.util.Map;

/**
 * What is to become of a document, and then of its entry in the ledger. Every write is conditional;
 * if it is refused, the document has to be read and all decided anew.
 */
public sealed interface DocumentDecision {

  /** The document says what the row says, and the ledger knows. Or there is neither. */
  record Nothing() implements DocumentDecision {}

  /** Too little is known: read the document and decide again. */
  record Read() implements DocumentDecision {}

  /**
   * Write the row as a new document ({@code op_type=create}), then the ledger.
   *
   * @param timestamp µs since 1970, for the document's {@code _timestamp} and the ledger
   * @param digests of the row, for the ledger
   */
  record Create(long timestamp, Map<String, Long> digests) implements DocumentDecision {}

  /**
   * Replace the document by the row if it still is the one of this place, then write the ledger.
   *
   * @param timestamp as in {@link Create}
   * @param digests as in {@link Create}
   */
  record Replace(Place expected, String routing, long timestamp, Map<String, Long> digests)
      implements DocumentDecision {}

  /** Delete the document if it still is the one of this place, then its entry in the ledger. */
  record Remove(Place expected, String routing) implements DocumentDecision {}

  /** Only the ledger is out of date: this is what it should have. */
  record Correct(Place place, String routing, long timestamp, Map<String, Long> digests)
      implements DocumentDecision {}

  /** There is neither row nor document: delete the entry in the ledger. */
  record Forget() implements DocumentDecision {}
}
