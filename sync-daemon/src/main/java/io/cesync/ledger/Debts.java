package io.cesync.ledger;

import java.util.concurrent.CompletionStage;

/** What a ledger is still to get. Thread-safe; stages fail as the driver's do. */
public interface Debts {

  /** So many entries are owed. */
  int owed();

  /** Characters of their ids. */
  long owedChars();

  /** Bytes of the entries themselves. */
  long owedBytes();

  /** Writes some of what is owed: what is so longest. */
  CompletionStage<Void> writeOwed();

  /** Writes all that is owed by now, some at a time. */
  CompletionStage<Void> flush();

  /**
   * Writes no more entries, and deletes none: each attempt fails. What is owed stays so.
   *
   * @return completes once none is under way any more
   */
  CompletionStage<Void> stop();
}
