package io.cesync.endtoend;

import java.util.List;
import java.util.Optional;

/**
 * What a write wanted a field to be.
 *
 * @param value null for none
 * @param isSure whether it was written for certain, and not undone on its own side before the other
 *     one could see it
 * @param by for people
 */
record Claim(String value, Times times, boolean isSure, String by) {
  /**
   * What the clocks of client and servers may differ, all being this machine's; more than the
   * millisecond that some of them are cut to.
   */
  static final long SLACK = 5_000;

  /** What a row with lists may get later, so that none is written twice at one time. */
  private static final long MOMENT = 1_000;

  /** What a write to a row wants. */
  static Claim ofRow(Op op, String field) {
    Times times =
        op.given().isPresent()
            ? Times.at(op.given().getAsLong())
            : Times.between(op.start() - SLACK, op.end() + SLACK);
    return new Claim(
        op.value(field),
        times,
        op.answer() == Op.Answer.DONE && !op.isRead(field),
        "Cassandra " + op.number());
  }

  /** What is wrong with a field; empty if nothing is. */
  static Optional<String> judge(List<Claim> claims, String field, Cells after) {
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

  /** The times of what cesync writes to a row because of a document. */
  static Times written(Times times) {
    return times.spread(MOMENT);
  }

  @Override
  public String toString() {
    return "%s %s by %s at %s"
        .formatted(isSure ? "surely" : "perhaps", value == null ? "nothing" : value, by, times);
  }
}
