package io.cesync.endtoend;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Newest wins, field by field: tells whether what stands in the end may stand. Where times overlap,
 * or are the same, any of them may.
 */
final class Rules {
  private Rules() {}

  /**
   * What is wrong with a field; empty if nothing is.
   *
   * @param claims all that was ever written to it, or what stood once before and all since
   * @param value that stands; null if none does
   * @param time its write time, in microseconds; of nothing there is none
   */
  static Optional<String> judge(List<Claim> claims, String value, long time) {
    List<Claim> wanted =
        claims.stream()
            .filter(claim -> Objects.equals(claim.value(), value))
            .filter(claim -> value == null || claim.times().contain(time))
            .toList();
    if (wanted.isEmpty()) {
      return Optional.of("nobody wrote it" + (value == null ? "" : " at that time"));
    }
    // Where nothing stands, that may be as new as the newest that wanted it so.
    long standing =
        value == null ? wanted.stream().mapToLong(c -> c.times().latest()).max().getAsLong() : time;
    return claims.stream()
        .filter(claim -> claim.isSure() && !Objects.equals(claim.value(), value))
        .filter(claim -> claim.times().earliest() > standing)
        .findFirst()
        .map(newer -> "it is superseded: " + newer);
  }
}
