package io.cesync.document;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Repeats an asynchronous step, without a deeper stack for each that is done at once. */
final class AsyncLoop {

  private final Supplier<CompletionStage<Boolean>> step;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private AsyncLoop(Supplier<CompletionStage<Boolean>> step) {
    this.step = step;
  }

  /** Takes one step after the other until one says false or fails. */
  static CompletionStage<Void> whileTrue(Supplier<CompletionStage<Boolean>> step) {
    AsyncLoop loop = new AsyncLoop(step);
    loop.run();
    return loop.ended;
  }

  private void run() {
    try {
      while (true) {
        CompletionStage<Boolean> taken = step.get();
        CompletableFuture<Boolean> result = taken.toCompletableFuture();
        if (!result.isDone()) {
          taken.whenComplete(this::goOn);
          return;
        } else if (!result.join()) {
          ended.complete(null);
          return;
        }
      }
    } catch (RuntimeException e) {
      ended.completeExceptionally(SearchClient.cause(e));
    }
  }

  private void goOn(Boolean more, Throwable failure) {
    if (failure != null) {
      ended.completeExceptionally(SearchClient.cause(failure));
    } else if (more) {
      run();
    } else {
      ended.complete(null);
    }
  }
}
