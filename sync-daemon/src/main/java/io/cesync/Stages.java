package io.cesync;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** Going on after asynchronous work. */
public final class Stages {

  private Stages() {}

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
