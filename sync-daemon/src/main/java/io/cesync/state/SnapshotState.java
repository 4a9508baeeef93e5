package io.cesync.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * How far the first full copy is.
 *
 * @param rows copied so far
 * @param ranges the token ranges, of which those copied need no second time; none before a snapshot
 *     began
 * @param documentsBefore the highest sequence number that each shard of the index had before; what
 *     is left of those documents afterwards is compared with the table. Empty for an empty index
 * @param goesOnFrom the log's position when it began: changes are followed from there
 */
public record SnapshotState(
    Status status,
    Optional<Instant> started,
    Optional<Instant> finished,
    long rows,
    Ranges ranges,
    List<Long> documentsBefore,
    Optional<Instant> goesOnFrom) {

  /** Not begun. */
  public static final SnapshotState NONE =
      new SnapshotState(
          Status.NONE,
          Optional.empty(),
          Optional.empty(),
          0,
          Ranges.of(0),
          List.of(),
          Optional.empty());

  public SnapshotState {
    started = started.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    finished = finished.map(at -> at.truncatedTo(ChronoUnit.MICROS));
    documentsBefore = List.copyOf(documentsBefore);
    goesOnFrom = goesOnFrom.map(at -> at.truncatedTo(ChronoUnit.MICROS));
  }

  /** A snapshot that begins now, of so many token ranges. */
  public static SnapshotState begun(
      Instant now, int ranges, List<Long> documentsBefore, Instant goesOnFrom) {
    return new SnapshotState(
        Status.RUNNING,
        Optional.of(now),
        Optional.empty(),
        0,
        Ranges.of(ranges),
        documentsBefore,
        Optional.of(goesOnFrom));
  }

  /** One more range copied. */
  public SnapshotState withRange(int range, long itsRows) {
    return new SnapshotState(
        status, started, finished, rows + itsRows, ranges.with(range), documentsBefore, goesOnFrom);
  }

  /** All copied. */
  public SnapshotState done(Instant now) {
    return new SnapshotState(
        Status.DONE, started, Optional.of(now), rows, ranges, documentsBefore, goesOnFrom);
  }

  /** Where a snapshot is. */
  public enum Status {
    NONE,
    RUNNING,
    DONE;

    @Override
    public String toString() {
      return switch (this) {
        case NONE -> "none";
        case RUNNING -> "running";
        case DONE -> "done";
      };
    }
  }
}
