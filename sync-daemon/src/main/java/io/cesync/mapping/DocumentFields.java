package io.cesync.mapping;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fields that documents have beside those of the columns; one may be a column's nevertheless.
 *
 * @param changed says when a document was changed
 * @param deleted says that a document is deleted
 * @param source names the system that a document comes from
 */
public record DocumentFields(
    Optional<String> changed, Optional<String> deleted, Optional<String> source) {

  public static final DocumentFields NONE =
      new DocumentFields(Optional.empty(), Optional.empty(), Optional.empty());

  /** Their names. */
  public Set<String> names() {
    return Stream.of(changed, deleted, source)
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }
}
