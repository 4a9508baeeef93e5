package io.cesync.document;

import java.util.OptionalLong;

/** What became of one {@link DocumentOp}. */
public sealed interface WriteResult {

  /**
   * The document is as asked for.
   *
   * @param seqNo the document's sequence number now, told of {@link DocumentOp.Conditional}
   *     operations; otherwise it may be -1
   * @param primaryTerm that this number is of; 0 if it is unknown
   */
  record Applied(long seqNo, long primaryTerm) implements WriteResult {}

  /**
   * The server has a newer version of the document, or of its delete, or the document is not as an
   * operation's condition wants it.
   *
   * @param current that version, if the server told it
   */
  record Conflict(OptionalLong current) implements WriteResult {}

  /**
   * Not written now, but may be later.
   *
   * @param scope what has to recover first
   * @param maybeApplied whether the server may still carry it out, late
   */
  record Retry(Scope scope, String reason, boolean maybeApplied) implements WriteResult {}

  /** The server refuses this document for good. */
  record Rejected(String reason) implements WriteResult {}

  /** What an error that may pass concerns. */
  enum Scope {
    /** The whole server: it is away, overloaded, or doesn't let us in. */
    SERVER,
    /** The document's index: missing, closed, read-only. */
    INDEX
  }

  /** Without saying under which number. */
  Applied APPLIED = new Applied(-1, 0);
}
