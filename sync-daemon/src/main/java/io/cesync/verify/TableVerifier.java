package io.cesync.verify;

import io.cesync.row.RowKey;
import io.cesync.snapshot.ExpiryLog;
import io.cesync.verify.Difference.Kind;
import io.cesync.verify.TableResult.Found;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares one table with its index: all rows with their documents, token range by token range;
 * then of all documents, whether they have a row; at last once more what differed. Waits for the
 * servers. Confined to one thread, but for what its workers do.
 *
 * @param followsIndex whether what vanishes from the index is meant
 * @param letters keys, as the log tells them, that were put aside
 * @param repair has the daemon look at what differs, which is then looked at once more
 */
record TableVerifier(
    String table,
    Beginning beginning,
    Course course,
    Comparison comparison,
    Sides sides,
    RowSide rowSide,
    DocumentSide documentSide,
    Following following,
    Patience patience,
    boolean followsIndex,
    Set<String> letters,
    Optional<ExpiryLog> repair,
    Clock clock) {

  /**
   * Compares what isn't done yet.
   *
   * @param each told of each difference, one after the other
   */
  TableResult verify(int parallel, Consumer<Difference> each)
      throws IOException, InterruptedException {
    try (Workers workers = new Workers(parallel, patience)) {
      workers.run(course.rowParts(), suspects(), part -> rowSide.compare(part, course));
      if (documentSide.isInParts()) {
        workers.run(course.documentParts(), suspects(), part -> documentSide.compare(part, course));
      } else if (!course.documentParts().ranges().allDone()) {
        documentSide.compareAll(course);
      }
      course.save();
      return settle(each);
    } finally {
      course.save();
    }
  }

  private Suspects suspects() {
    return course.suspects();
  }

  private TableResult settle(Consumer<Difference> each) throws IOException, InterruptedException {
    Looks looks = new Looks(sides, comparison, patience);
    Findings found = new Findings(each);
    List<RowKey> wrong = new ArrayList<>();
    int moving =
        looks.settle(
            suspects().keys(),
            () -> following.awaitBroughtOver(clock.instant()),
            (key, difference) -> {
              wrong.add(key);
              Difference told = difference.ofDeadLetter(letters.contains(key.json()));
              found.accept(repair.isPresent() ? told.underRepair() : told);
            });
    if (repair.isEmpty()) {
      looks.foreign(suspects().foreign(), comparison, found);
      return result(found, moving, Found.NONE, 0);
    }
    Findings left = new Findings(each);
    int leftMoving = wrong.isEmpty() ? 0 : repair(wrong, looks, left);
    long repaired = wrong.size() - left.found().all() - leftMoving;
    looks.foreign(suspects().foreign(), comparison, left);
    left.before(found.lines());
    return result(left, moving + leftMoving, found.found(), repaired);
  }

  private TableResult result(Findings found, int moving, Found asked, long repaired)
      throws IOException {
    return new TableResult(
        table,
        course.from().begun(),
        course.from().parts(),
        Parts.ALL,
        course.rows(),
        course.documents(),
        beginning.isWrittenTo(course),
        found.found(),
        found.lines(),
        moving,
        asked,
        repaired,
        !suspects().isFull());
  }

  /** By the ledger, a document that is gone was deleted; it is not for a repair to undo that. */
  private Difference stillWrong(Difference difference) {
    return followsIndex && difference.kind() == Kind.MISSING
        ? difference.because(
            "deleted in the index, it seems: see last_error in status, and max_deletes_per_poll")
        : difference;
  }

  /** An entry of the log leads to reading row and document anew, as for any change. */
  private int repair(List<RowKey> wrong, Looks looks, Consumer<Difference> left)
      throws InterruptedException {
    for (RowKey key : wrong) {
      patience.call(() -> repair.orElseThrow().write(key, 0));
    }
    return looks.settle(
        wrong,
        // An entry is dated a second ahead.
        () -> following.awaitBroughtOver(clock.instant().plusSeconds(2)),
        (key, difference) ->
            left.accept(stillWrong(difference).ofDeadLetter(letters.contains(key.json()))));
  }
}
