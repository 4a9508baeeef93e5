package io.cesync.http;

import io.cesync.state.Counts;
import io.cesync.state.StreamState;
import java.util.List;

/**
 * What a stall is told by.
 *
 * @param progress equal for as long as nothing moves
 * @param work whether anything waits to be done
 */
record Sign(Object progress, boolean work) {

  /** Of a stream; being sent again is no progress. */
  static Sign of(StreamState stream, boolean pending) {
    Counts c = stream.counts();
    boolean work =
        pending
            || stream.snapshot().finished().isEmpty() && stream.snapshot().started().isPresent()
            || stream.lagMs().map(lag -> lag.last() > 0).orElse(false);
    return new Sign(
        List.of(
            stream.position(),
            stream.snapshot(),
            stream.shards(),
            c.applied() + c.deleted() + c.superseded() + c.deadLetters()),
        work);
  }
}
