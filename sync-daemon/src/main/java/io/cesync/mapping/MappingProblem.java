package io.cesync.mapping;

/**
 * Something that keeps a table from being synced as configured.
 *
 * @param subject the column or field it is about, or the table's or index's part as a whole
 * @param problem what is wrong, for people
 * @param remedy what to do about it, for people
 */
public record MappingProblem(String subject, String problem, String remedy) {
  @Override
  public String toString() {
    return subject + ": " + problem + "; " + remedy;
  }
}
