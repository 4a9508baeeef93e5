package io.cesync.inspect;

/**
 * Something that must be put right before a table can be synced.
 *
 * @param where the table, index or server it is about
 * @param what what is wrong
 * @param remedy what to do
 */
public record Problem(String where, String what, String remedy) {
  @Override
  public String toString() {
    return where + ": " + what + ". " + remedy;
  }
}
