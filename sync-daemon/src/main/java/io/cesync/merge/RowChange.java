package io.cesync.merge;

import io.cesync.ledger.Place;

/**
 * What a row needs of what its document changed.
 *
 * @param of the document's write that changed it; null if the document is gone, or nothing is known
 */
public record RowChange(RowDecision decision, Place of) {}
