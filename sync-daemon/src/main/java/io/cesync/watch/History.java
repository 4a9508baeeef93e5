package io.cesync.watch;

import io.cesync.state.Counts;
import io.cesync.state.StreamState;
import java.util.ArrayDeque;
import java.util.List;

/** The last ten minutes of a stream, a point each five seconds. Confined to one thread. */
final class History {
  static final int MOST = 120;
  private static final long STEP_MILLIS = 5_000;

  private final ArrayDeque<Point> points = new ArrayDeque<>();

  private record Point(long at, long lag, long done) {}

  /**
   * What is shown of it. Immutable.
   *
   * @param lags in milliseconds, a point each five seconds, oldest first
   * @param rate changes a second, of the last ten seconds or so
   */
  public record Shown(List<Long> lags, double rate) {}

  /** Adds what is so now, and gives what is to be shown. */
  Shown add(StreamState stream, long behindMillis, long now) {
    Counts counts = stream.counts();
    long done = counts.applied() + counts.deleted();
    long lag = Math.max(behindMillis, stream.lagMs().map(StreamState.Lag::most).orElse(0L));
    if (points.isEmpty() || now - points.getLast().at >= STEP_MILLIS) {
      points.add(new Point(now, lag, done));
      if (points.size() > MOST) {
        points.removeFirst();
      }
    } else if (lag > points.getLast().lag) {
      Point last = points.removeLast();
      points.add(new Point(last.at, lag, last.done));
    }
    Point from = points.getLast();
    for (var i = points.descendingIterator(); i.hasNext() && now - from.at < 2 * STEP_MILLIS; ) {
      from = i.next();
    }
    double rate = now > from.at ? Math.max(0, done - from.done) * 1000.0 / (now - from.at) : 0;
    return new Shown(points.stream().map(Point::lag).toList(), rate);
  }
}
