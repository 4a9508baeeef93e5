package io.cesync.endtoend;

/**
 * What a write wanted a field to be.
 *
 * @param value null for none
 * @param isSure whether it was written for certain, and not undone on its own side before the other
 *     one could see it
 * @param by for people
 */
record Claim(String value, Times times, boolean isSure, String by) {
  @Override
  public String toString() {
    return "%s %s by %s at %s"
        .formatted(isSure ? "surely" : "perhaps", value == null ? "nothing" : value, by, times);
  }
}
