package io.cesync.sync;

/** Whether a row that was read shows a write that the log tells of. From best to worst. */
enum Visibility {
  VISIBLE,
  /**
   * The row would look the same with and without the write: look once more when writes have
   * settled.
   */
  CANNOT_TELL,
  NOT_YET;

  Visibility or(Visibility other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
