package io.cesync.endtoend;

import io.cesync.endtoend.Op.Answer;
import io.cesync.endtoend.Op.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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
 * <p>Where the server keeps the time, each write gives the document one, at least the server's own:
 * what was written without counts from then, or from when something was written after it, unless
 * anything that was known is newer. A time that is repeated is newer than what is known if the
 * write that it was read after wasn't noticed.
 *
 * @param before what both sides had
 * @param newest no time that was ever in the row or its document was later
 * @param agreedAt after that all of the documents was looked at once more, and so was that it is
 *     there
 * @param end both sides agreed again
 * @param disturbed the daemon or a server failed meanwhile
 * @param dating how documents get their times
 * @param ofRow in any order
 * @param ofDocument in their order: one at a time
 */
record Phase(
    Cells before,
    long newest,
    long agreedAt,
    long end,
    boolean disturbed,
    Dating dating,
    List<Op> ofRow,
    List<Op> ofDocument) {

  /** What is wrong with a field in the end; empty if nothing is. */
  Optional<String> judge(String field, Cells after) {
    return Claim.judge(claims(field), field, after);
  }

  /** As {@link #newest}, at the end. */
  long newestAfter() {
    return Math.max(Math.max(newest, end), latestGiven(ofRow, ofDocument));
  }

  static long latestGiven(List<Op> ofRow, List<Op> ofDocument) {
    long latest = Long.MIN_VALUE;
    for (List<Op> ops : List.of(ofRow, ofDocument)) {
      for (Op op : ops) {
        latest = Math.max(latest, op.given().orElse(op.end() + Claim.SLACK));
      }
    }
    return latest;
  }

  List<Claim> claims(String field) {
    List<Claim> claims = new ArrayList<>();
    claims.add(initial(field));
    for (Op op : ofRow) {
      if (op.sets(field) && op.mayHaveTakenPlace()) {
        claims.add(Claim.ofRow(op, field));
      }
    }
    for (int i = 0; i < ofDocument.size(); i++) {
      Op op = ofDocument.get(i);
      if (op.sets(field) && op.mayHaveTakenPlace() && !op.change().takesOver(field)) {
        claims.add(ofDocument(i, field));
      }
    }
    Set<String> values = new HashSet<>();
    claims.forEach(claim -> values.add(claim.value()));
    for (int i = 0; i < ofDocument.size(); i++) {
      Op op = ofDocument.get(i);
      if (op.mayHaveTakenPlace() && op.change().takesOver(field)) {
        Times times = ofChange(i);
        values.forEach(value -> claims.add(new Claim(value, times, false, by(op) + ", again")));
      }
    }
    return claims;
  }

  private static String by(Op op) {
    return "Elasticsearch " + op.number();
  }

  private Claim initial(String field) {
    Cells.Cell cell = before.cell(field);
    return cell.value() == null
        ? new Claim(null, Times.between(Times.NEVER, newest), false, "what was before")
        : new Claim(cell.value(), Times.at(cell.time()), true, "what was before");
  }

  private Claim ofDocument(int position, String field) {
    Op op = ofDocument.get(position);
    if (op.kind() == Kind.DOCUMENT_DELETE) {
      return new Claim(null, ofDelete(), isSureDelete(position), by(op));
    } else if (op.kind() == Kind.MARK) {
      return new Claim(null, ofChange(position), isLast(position), by(op));
    }
    boolean changes =
        op.isNew(field) || (op.kind() == Kind.PUT && op.value(field) == null && takesFor(field));
    boolean sure =
        op.answer() == Answer.DONE
            && changes
            && !op.isRead(field)
            && !mayBeSetLater(position, field)
            && !mayBeMarked(position);
    return new Claim(op.value(field), ofChange(position), sure, by(op));
  }

  private boolean isLast(int position) {
    return ofDocument.get(position).answer() == Answer.DONE
        && ofDocument.subList(position + 1, ofDocument.size()).stream()
            .noneMatch(Op::mayHaveTakenPlace);
  }

  /** What a marked document says doesn't count. */
  private boolean mayBeMarked(int position) {
    return ofDocument.get(position).kind() == Kind.UPDATE
        && ofDocument.subList(0, position).stream().anyMatch(op -> op.kind() == Kind.MARK);
  }

  /** Whether leaving the field out is surely a change: both sides had it, and nobody else came. */
  private boolean takesFor(String field) {
    return before.cell(field).value() != null && ofRow.isEmpty() && ofDocument.size() == 1;
  }

  private boolean mayBeSetLater(int position, String field) {
    return ofDocument.subList(position + 1, ofDocument.size()).stream()
        .anyMatch(later -> later.mayHaveTakenPlace() && later.sets(field));
  }

  /** Not if there is a document again before it was missed, or there was none that was known. */
  private boolean isSureDelete(int position) {
    return isLast(position) && (!disturbed || before.present());
  }

  /** The last time that the document is known to have existed. */
  private Times ofDelete() {
    return Times.between(agreedAt, newestAfter());
  }

  private Times ofChange(int position) {
    return Claim.written(timesOf(position));
  }

  private Times timesOf(int position) {
    Op op = ofDocument.get(position);
    boolean isKept =
        ofDocument.subList(position + 1, ofDocument.size()).stream()
            .noneMatch(later -> later.given().isPresent() || movesByItself(later));
    if (op.given().isPresent() && isKept && isNewest(op)) {
      return Times.at(op.given().getAsLong());
    }
    if (isSurelyTheServers(position)) {
      return Times.between(
          op.start() - Claim.SLACK, ofDocument.get(ofDocument.size() - 1).end() + Claim.SLACK);
    }
    // A restart forgets what the daemon itself gave the document as its time.
    long from = disturbed ? Times.NEVER : op.start() - Claim.SLACK;
    Times times = Times.between(from, end);
    boolean newDocument = mayBeNew();
    for (Op other : ofDocument) {
      times = other.given().isPresent() ? times.or(other.given().getAsLong()) : times;
      OptionalLong stale = other.stale();
      if (stale.isPresent() && (newDocument || mayBeTheServers(stale.getAsLong()))) {
        times = times.or(stale.getAsLong());
      }
    }
    return times;
  }

  /** Whether the server's time, of this write or of one after it, is newer than all known. */
  private boolean isSurelyTheServers(int position) {
    if (disturbed
        || !ofDocument.subList(position, ofDocument.size()).stream()
            .allMatch(this::hasTheServersTime)) {
      return false;
    }
    long known = newest;
    for (List<Op> ops : List.of(ofRow, ofDocument)) {
      for (Op op : ops) {
        known = Math.max(known, op.given().orElse(Long.MIN_VALUE));
      }
    }
    return ofDocument.get(position).start() - Claim.SLACK > known + Claim.SLACK + steps();
  }

  private boolean hasTheServersTime(Op op) {
    return dating.movesByItself() && op.given().isEmpty() && op.stale().isEmpty();
  }

  private boolean movesByItself(Op op) {
    return dating.movesByItself() && op.mayHaveTakenPlace();
  }

  /** Whether the server may have given that time to a document that isn't noticed yet. */
  private boolean mayBeTheServers(long time) {
    return ofDocument.stream()
        .filter(op -> hasTheServersTime(op) && op.mayHaveTakenPlace())
        .anyMatch(op -> op.start() - Claim.SLACK <= time && time <= op.end() + Claim.SLACK);
  }

  /** Whether there may have been a moment without a document. */
  private boolean mayBeNew() {
    return !before.present()
        || ofDocument.stream()
            .anyMatch(op -> op.kind() == Kind.DOCUMENT_DELETE || op.kind() == Kind.MARK)
        || ofRow.stream().anyMatch(op -> op.kind() == Kind.ROW_DELETE || op.change().mayRemove());
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
    return given > others + 2 * Claim.SLACK + steps() && (!undated || given > end + Claim.SLACK);
  }

  /** By so much all writes of the daemon together may have dated the document later. */
  private long steps() {
    return (ofRow.size() + ofDocument.size()) * dating.step();
  }
}
