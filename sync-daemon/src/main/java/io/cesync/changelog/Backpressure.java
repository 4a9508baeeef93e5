package io.cesync.changelog;

import java.util.concurrent.CompletionStage;

/** Holds back reading while as much is waiting as memory is meant for. */
public interface Backpressure {

  /** Completes, on the loop's thread, as soon as there is room. */
  CompletionStage<Void> await();
}
