package io.cesync.verify;

import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.KeyCodec;
import io.cesync.row.RowKey;
import io.cesync.state.Ranges;
import io.cesync.verify.Parts.Stretch;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/**
 * Comparing one table, from its beginning to its end, perhaps with interruptions: what is done,
 * what is still to do, and what was found. Saved as it goes on. Thread-safe.
 */
final class Course {

  private static final long SAVE_MILLIS = 1_000;

  /** Of the time that saving may take. */
  private static final int SHARE = 20;

  private final Progress from;
  private final ProgressFile file;
  private final Clock clock;
  private final Watcher watcher;
  private final Suspects suspects = new Suspects();
  private final Parts rowParts;
  private final Parts documentParts;
  private long rows;
  private long documents;
  private long saveAt;
  private boolean saveFailed;

  /** Goes on from there. */
  Course(Progress from, ProgressFile file, KeyCodec keys, Clock clock, Watcher watcher)
      throws InvalidKeyException {
    this.from = from;
    this.file = file;
    this.clock = clock;
    this.watcher = watcher;
    this.rowParts = new Parts(Ranges.parse(from.rowRanges()));
    this.documentParts = new Parts(Ranges.parse(from.documentRanges()));
    this.rows = from.rows();
    this.documents = from.documents();
    for (String suspect : from.suspects()) {
      suspects.add(keys.parse(suspect));
    }
    from.foreign().forEach(suspects::addForeign);
    if (from.full()) {
      suspects.fill();
    }
  }

  Progress from() {
    return from;
  }

  Map<Integer, Long> shards() {
    return from.shards();
  }

  Suspects suspects() {
    return suspects;
  }

  Parts rowParts() {
    return rowParts;
  }

  Parts documentParts() {
    return documentParts;
  }

  synchronized long rows() {
    return rows;
  }

  synchronized long documents() {
    return documents;
  }

  /** Those rows are compared: so many, with so many requests. */
  synchronized void rowsDone(Stretch stretch, long count, int requests) {
    rows += count;
    rowParts.done(stretch, requests);
    saveNowAndThen();
  }

  synchronized void documentsDone(Stretch stretch, long count, int requests) {
    documents += count;
    documentParts.done(stretch, requests);
    saveNowAndThen();
  }

  private void saveNowAndThen() {
    watcher.done(doneParts(), 2 * from.parts());
    if (clock.millis() >= saveAt) {
      save();
    }
  }

  /** Those of both sides, without what a sample leaves out. */
  private int doneParts() {
    int leftOut = Parts.ALL - from.parts();
    return rowParts.ranges().count() + documentParts.ranges().count() - 2 * leftOut;
  }

  /** Saves what is done so far. */
  synchronized void save() {
    save(null);
  }

  /** The same with the result. */
  synchronized void save(TableResult result) {
    long before = clock.millis();
    try {
      file.save(progress(result));
    } catch (IOException e) {
      if (!saveFailed) {
        saveFailed = true;
        watcher.say("it can't be resumed if it is interrupted, as %s".formatted(e));
      }
    }
    saveAt = clock.millis() + Math.max(SAVE_MILLIS, SHARE * (clock.millis() - before));
  }

  private Progress progress(TableResult result) {
    return new Progress(
        from.about(),
        from.begun(),
        from.parts(),
        rowParts.ranges().toString(),
        documentParts.ranges().toString(),
        from.shards(),
        rows,
        documents,
        suspects.keys().stream().map(RowKey::json).toList(),
        suspects.foreign(),
        suspects.isFull(),
        result);
  }
}
