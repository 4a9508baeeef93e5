package io.cesync.state;

/**
 * What has been done since the state began, in changes.
 *
 * @param applied documents or rows written
 * @param deleted documents or rows deleted
 * @param superseded not applied, since the other side already had something newer
 * @param retried sent again after a refusal for now
 * @param deadLetters refused for good and put aside
 * @param unconfirmed passed by the position though the row never showed the logged write
 * @param late found by a sweep only
 * @param refusedCounters counters that were changed in a document, and put right again
 */
public record Counts(
    long applied,
    long deleted,
    long superseded,
    long retried,
    long deadLetters,
    long unconfirmed,
    long late,
    long refusedCounters) {
  public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

  public Counts plus(Counts more) {
    return new Counts(
        applied + more.applied,
        deleted + more.deleted,
        superseded + more.superseded,
        retried + more.retried,
        deadLetters + more.deadLetters,
        unconfirmed + more.unconfirmed,
        late + more.late,
        refusedCounters + more.refusedCounters);
  }
}
