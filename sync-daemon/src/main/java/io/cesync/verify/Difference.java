package io.cesync.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A key of which the two sides don't agree.
 *
 * @param table as in the settings
 * @param id of the document
 * @param reason in a few words; empty if {@code kind} says all
 * @param row the fields that differ as the row has them; null if there is no row
 * @param document the same of the document
 * @param deadLetter whether the key was put aside as a dead letter
 * @param repairing whether the daemon is about to look at it; if it still differs then, it comes
 *     once more without this
 */
public record Difference(
    String table,
    String id,
    Kind kind,
    String reason,
    ObjectNode row,
    ObjectNode document,
    boolean deadLetter,
    boolean repairing) {

  /** What is wrong with a key. */
  public enum Kind {
    /** A row without a document. */
    MISSING,
    /** A document without a row. */
    TOO_MANY,
    /** Both are there, and say different things. */
    DIFFERENT
  }

  Difference ofDeadLetter(boolean is) {
    return new Difference(table, id, kind, reason, row, document, is, repairing);
  }

  Difference because(String why) {
    return new Difference(table, id, kind, why, row, document, deadLetter, repairing);
  }

  Difference underRepair() {
    return new Difference(table, id, kind, reason, row, document, deadLetter, true);
  }
}
