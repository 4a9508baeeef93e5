package io.cesync.verify;

import java.util.List;

/**
 * What comparing one table showed.
 *
 * @param differences those of dead letters, too
 * @param moving keys that kept changing on both sides while they were looked at
 * @param repaired keys that differed, and don't after the repair
 * @param complete false if it was given up because too much differs
 */
public record TableResult(
    String table,
    long rows,
    long documents,
    List<Difference> differences,
    int moving,
    int repaired,
    boolean complete) {

  /** Whether every row has its document, and nothing else is there. */
  public boolean isEqual() {
    return differences.isEmpty() && complete;
  }
}
