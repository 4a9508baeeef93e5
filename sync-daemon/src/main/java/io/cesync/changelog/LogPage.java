package io.cesync.changelog;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Some entries of a window, in no order between shards.
 *
 * @param unreadable rows of the log that are not entries, each with why
 * @param next asks for what follows; empty on the last page
 */
public record LogPage(
    List<Entry> entries,
    List<Unreadable> unreadable,
    Optional<Supplier<CompletionStage<LogPage>>> next) {

  /**
   * A row of the log that nothing can be done with.
   *
   * @param millis its time, since 1970
   */
  public record Unreadable(String loggedKey, long millis, String reason) {}
}
