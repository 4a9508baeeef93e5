package io.cesync.endtoend;

import io.cesync.endtoend.Op.Answer;
import io.cesync.endtoend.Op.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happened to one row and its document from one moment when both sides agreed to the next such
 * moment, and what the rules say of it. Times in microseconds since 1970. Pure.
 *
 * <p>What was written to the document without a time counts from when it was noticed, so from any
 * time between its request and the end. The document has one time for all that was not noticed yet:
 * a write with a time gives it to what was written before and isn't noticed, and a later partial
 * update inherits it. Of a new document any time counts, even that of a copy of a former one. After
 * a failure the daemon may not know that it wrote a document itself, and take the time in it for
 * the application's.
 *
 * @param before what both sides had
 * @param newest no time that was ever in the row or its document was later
 * @param agreedAt after that all of the documents was looked at once more, and so was that it is
 *     there
 * @param end both sides agreed again
 * @param disturbed the daemon or a server failed meanwhile
 * @param ofRow in any order
 * @param ofDocument in their order: one at a time
 */
record Phase(
    Cells before,
    long newest,
    long agreedAt,
    long end,
    boolean disturbed,
    List<Op> ofRow,
    List<Op> ofDocument) {

  /** What the clocks of client and servers may differ, all being this machine's. */
  private static final long SLACK = 5_000;

  /** What is wrong with a field in the end; empty if nothing is. */
  Optional<String> judge(String field, Cells after) {
    List<Claim> claims = claims(field);
    Cells.Cell cell = after.cell(field);
    return Rules.judge(claims, cell.value(), cell.time())
        .map(
            wrong ->
                "%s = %s: %s%n  %s"
                    .formatted(
                        field,
                        cell,
                        wrong,
                        String.join("\n  ", claims.stream().map(Claim::toString).toList())));
  }

  /** As {@link #newest}, at the end. */
  long newestAfter() {
    return Math.max(Math.max(newest, end), latestGiven(ofRow, ofDocument));
  }

  private static long latestGiven(List<Op> ofRow, List<Op> ofDocument) {
    long latest = Long.MIN_VALUE;
    for (List<Op> ops : List.of(ofRow, ofDocument)) {
      for (Op op : ops) {
        latest = Math.max(latest, op.given().orElse(op.end() + SLACK));
      }
    }
    return latest;
  }

  List<Claim> claims(String field) {
    List<Claim> claims = new ArrayList<>();
    claims.add(initial(field));
    for (Op op : ofRow) {
      if (op.sets(field) && op.answer() != Answer.NOTHING) {
        claims.add(ofRow(op, field));
      }
    }
    for (int i = 0; i < ofDocument.size(); i++) {
      if (ofDocument.get(i).sets(field) && ofDocument.get(i).answer() != Answer.NOTHING) {
        claims.add(ofDocument(i, field));
      }
    }
    return claims;
  }

  private Claim initial(String field) {
    Cells.Cell cell = before.cell(field);
    return cell.value() == null
        ? new Claim(null, Times.between(Times.NEVER, newest), false, "what was before")
        : new Claim(cell.value(), Times.at(cell.time()), true, "what was before");
  }

  private static Claim ofRow(Op op, String field) {
    Times times =
        op.given().isPresent()
            ? Times.at(op.given().getAsLong())
            : Times.between(op.start() - SLACK, op.end() + SLACK);
    return new Claim(
        op.values().get(field), times, op.answer() == Answer.DONE, "Cassandra " + op.number());
  }

  private Claim ofDocument(int position, String field) {
    Op op = ofDocument.get(position);
    String by = "Elasticsearch " + op.number();
    if (op.kind() == Kind.DOCUMENT_DELETE) {
      return new Claim(null, ofDelete(), isSureDelete(position), by);
    }
    String value = op.values().get(field);
    boolean sure = op.answer() == Answer.DONE && !mayBeSetLater(position, field);
    if (value == null) {
      sure &= op.kind() == Kind.UPDATE ? false : takesFor(field);
    }
    return new Claim(value, ofChange(position), sure && !op.copied().contains(field), by);
  }

  /** Whether leaving the field out is surely a change: both sides had it, and nobody else came. */
  private boolean takesFor(String field) {
    return before.cell(field).value() != null && ofRow.isEmpty() && ofDocument.size() == 1;
  }

  private boolean mayBeSetLater(int position, String field) {
    return ofDocument.subList(position + 1, ofDocument.size()).stream()
        .anyMatch(later -> later.answer() != Answer.NOTHING && later.sets(field));
  }

  /** Not if there is a document again before it was missed, or there was none that was known. */
  private boolean isSureDelete(int position) {
    return ofDocument.get(position).answer() == Answer.DONE
        && (!disturbed || before.present())
        && ofDocument.subList(position + 1, ofDocument.size()).stream()
            .noneMatch(later -> later.answer() != Answer.NOTHING);
  }

  /** The last time that the document is known to have existed. */
  private Times ofDelete() {
    return Times.between(agreedAt, newestAfter());
  }

  private Times ofChange(int position) {
    Op op = ofDocument.get(position);
    boolean isLast =
        ofDocument.subList(position + 1, ofDocument.size()).stream()
            .allMatch(later -> later.given().isEmpty());
    if (op.given().isPresent() && isLast && isNewest(op)) {
      return Times.at(op.given().getAsLong());
    }
    // A restart forgets what the daemon itself gave the document as its time.
    long from = disturbed ? Times.NEVER : op.start() - SLACK;
    Times times = Times.between(from, end);
    boolean newDocument = mayBeNew();
    for (Op other : ofDocument) {
      times = other.given().isPresent() ? times.or(other.given().getAsLong()) : times;
      if (newDocument && other.stale().isPresent()) {
        times = times.or(other.stale().getAsLong());
      }
    }
    return times;
  }

  /** Whether there may have been a moment without a document. */
  private boolean mayBeNew() {
    return !before.present()
        || ofDocument.stream().anyMatch(op -> op.kind() == Kind.DOCUMENT_DELETE)
        || ofRow.stream()
            .anyMatch(op -> op.kind() == Kind.ROW_DELETE || op.values().containsValue(null));
  }

  /** Whether a document with its time is surely newer than all that was known before. */
  private boolean isNewest(Op op) {
    long given = op.given().getAsLong();
    boolean undated = false;
    long others = newest;
    for (List<Op> ops : List.of(ofRow, ofDocument)) {
      for (Op other : ops) {
        if (other.number() != op.number()) {
          undated |= other.kind().ofDocument() && other.given().isEmpty();
          others = Math.max(others, other.given().orElse(other.end()));
        }
      }
    }
    return given > others + 2 * SLACK && (!undated || given > end + SLACK);
  }
}
