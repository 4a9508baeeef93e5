package io.cesync.local;

/** The part of a version that decides how to start it. */
record Version(int major, int minor) {
  static Version of(String text) {
    String[] parts = text.split("[.-]", 3);
    try {
      return new Version(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a version: " + text, e);
    }
  }

  boolean atLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }
}
