package io.cesync.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.mapping.TimestampField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to one row and its document before anything was synced, and what the rules say of
 * it: all that a document says counts from its own time, and if it has none from long ago. What it
 * lacks says nothing. Pure.
 *
 * @param document by field
 * @param time µs since 1970
 * @param marked whether the document says that it is deleted
 */
record FirstSync(List<Op> ofRow, Map<String, String> document, long time, boolean marked) {

  /**
   * Takes a document as it is.
   *
   * @param document null if there is none
   */
  static FirstSync of(Shape shape, List<Op> ofRow, JsonNode document) {
    if (document == null) {
      return new FirstSync(ofRow, Map.of(), 0, false);
    }
    JsonNode told = document.path(TimestampField.USUAL);
    return new FirstSync(
        ofRow,
        new HashMap<>(shape.read(document)),
        told.isTextual() ? DocumentWrites.micros(told.asText()) : 0,
        document.path(DocumentWrites.MARK).asBoolean());
  }

  /** What is wrong with a field afterwards; empty if nothing is. */
  Optional<String> judge(String field, Cells after) {
    return Claim.judge(claims(field), field, after);
  }

  /** No time that was ever in the row or its document was later. */
  long newestAfter(long end) {
    return Math.max(Math.max(time, end), Phase.latestGiven(ofRow, List.of()));
  }

  private List<Claim> claims(String field) {
    List<Claim> claims = new ArrayList<>();
    claims.add(new Claim(null, Times.at(Times.NEVER), true, "what was before"));
    for (Op op : ofRow) {
      if (op.sets(field) && op.mayHaveTakenPlace()) {
        claims.add(Claim.ofRow(op, field));
      }
    }
    Times times = Claim.written(Times.at(time));
    if (marked) {
      claims.add(new Claim(null, times, true, "the document's mark"));
    } else if (saysSomethingOf(Column.of(field))) {
      claims.add(new Claim(document.get(field), times, true, "the document"));
    }
    return claims;
  }

  private boolean saysSomethingOf(String column) {
    return document.keySet().stream().anyMatch(field -> Column.of(field).equals(column));
  }

  @Override
  public String toString() {
    List<Op> ops = new ArrayList<>(ofRow);
    ops.sort((one, other) -> Long.compare(one.start(), other.start()));
    return "%s%ndocument %s at %d%s"
        .formatted(
            String.join("\n", ops.stream().map(Op::toString).toList()),
            document,
            time,
            marked ? ", marked" : "");
  }
}
