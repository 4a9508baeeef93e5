package io.cesync.watch;

import io.cesync.settings.Direction;
import io.cesync.settings.Settings;
import io.cesync.state.Counts;
import io.cesync.state.StreamState;
import io.cesync.sync.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The signs by which a stall of one table in one direction is told. Immutable.
 *
 * @param limit how long something may stand still, in milliseconds
 * @param interval the longest wait between two looks for changes
 * @param lateWindow how long a change may have to be looked at again
 */
record Signs(long limit, long interval, long lateWindow) {

  /** One change that can't be brought over, while others are, may as well be a huge partition. */
  private static final int LONGER = 10;

  static Signs of(Settings settings) {
    return new Signs(
        settings.stallAfter().toMillis(),
        settings.interval().toMillis(),
        settings.lateWindow().toMillis());
  }

  /**
   * Its signs.
   *
   * @param canBeJudged whether both servers answer, and the loop does: else that is the reason, and
   *     told by itself
   */
  List<Sign> of(StreamName name, StreamState state, Vitals.Stream vitals, boolean canBeJudged) {
    List<Object> done = done(state, vitals);
    boolean isOfIndex = name.direction() == Direction.ELASTICSEARCH_TO_CASSANDRA;
    return List.of(
            Sign.ofProgress(
                name + ": work",
                name + ": no progress",
                " though there is work" + why(state, vitals),
                done,
                hasWork(state, vitals, isOfIndex),
                limit),
            Sign.ofProgress(
                name + ": look",
                name
                    + (isOfIndex
                        ? ": the index's position hasn't moved"
                        : ": the log hasn't been read"),
                why(state, vitals),
                List.of(done, vitals.readTo()),
                true,
                limit + interval),
            Sign.ofProgress(
                name + ": oldest",
                name + ": the oldest change waits" + vitals.oldest().map(Signs::from).orElse(""),
                why(state, vitals),
                vitals.oldest(),
                vitals.oldest().isPresent(),
                LONGER * limit + lateWindow))
        .stream()
        .map(sign -> sign.judged(canBeJudged))
        .toList();
  }

  private static String from(Instant time) {
    return " (it was made at " + time + ")";
  }

  /** Being sent again is no progress. */
  private static List<Object> done(StreamState state, Vitals.Stream vitals) {
    Counts c = state.counts();
    return List.of(
        vitals.finished(),
        c.applied() + c.deleted() + c.superseded() + c.deadLetters() + c.unconfirmed(),
        state.snapshot(),
        state.shards());
  }

  private static boolean hasWork(StreamState state, Vitals.Stream vitals, boolean isOfIndex) {
    return vitals.oldest().isPresent()
        || StreamView.isCopying(state, vitals)
        || (isOfIndex && vitals.pending() > 0);
  }

  private static String why(StreamState state, Vitals.Stream vitals) {
    Optional<String> error = state.lastError().map(e -> "; last error: " + e.message());
    return (vitals.takes() ? "" : "; the index takes nothing") + error.orElse("");
  }
}
