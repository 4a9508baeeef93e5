package io.cesync;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Going on after asynchronous work. */
public final class Stages {

  private Stages() {}

  /** Starts a stage; when it has ended, well or not, a consumer is told how long it took. */
  public static <T> CompletionStage<T> timed(
      Supplier<? extends CompletionStage<T>> start, LongConsumer nanos) {
    long started = System.nanoTime();
    return start.get().whenComplete((done, failure) -> nanos.accept(System.nanoTime() - started));
  }

  /**
   * Runs an action on an executor once a stage has ended: as a task, so that the executor sees what
   * goes wrong in it. As a stage of its own ({@code whenCompleteAsync}) that would go unseen.
   *
   * @param action takes the result, or the failure
   */
  public static <T> void whenEnded(
      CompletionStage<T> stage,
      Executor executor,
      BiConsumer<? super T, ? super Throwable> action) {
    stage.whenComplete((result, failure) -> executor.execute(() -> action.accept(result, failure)));
  }
}
