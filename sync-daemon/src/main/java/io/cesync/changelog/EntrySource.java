package io.cesync.changelog;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * One table's entries in the change log. Thread-safe. A failed read completes its stage
 * exceptionally and can simply be repeated.
 */
public interface EntrySource {

  LogLayout layout();

  /** The first page of a window that lies within one bucket. */
  CompletionStage<LogPage> read(Window window, List<Integer> shards);

  /** How many entries a window that lies within one bucket has, over all shards. */
  CompletionStage<Long> count(Window window);

  /** The numbers of all shards. */
  default List<Integer> allShards() {
    return IntStream.range(0, layout().shards()).boxed().toList();
  }
}
