package io.cesync.verify;

import java.util.Optional;

/**
 * How to compare.
 *
 * @param repair whether the daemon is to look at what differs, by entries of the change log
 * @param resume whether to go on where a comparison that was interrupted was
 * @param sample percent of both sides to compare; empty for all, or what is gone on with
 * @param rate most rows and ids a second; 0 for as many as come
 * @param parallel requests at once, of each side
 */
public record Options(
    boolean repair, boolean resume, Optional<Double> sample, int rate, int parallel) {

  /** As fast as it goes takes some requests at once; with a limit one after the other will do. */
  public static Options of(boolean repair, boolean resume, Optional<Double> sample, int rate) {
    return new Options(repair, resume, sample, rate, rate > 0 ? 1 : 4);
  }
}
