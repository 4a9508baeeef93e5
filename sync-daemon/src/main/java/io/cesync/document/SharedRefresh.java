package io.cesync.document;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Refreshes an index for many who ask for it: those who ask while a refresh is under way share the
 * next one, since the present one may have begun before what they wrote. Thread-safe.
 */
public final class SharedRefresh {

  private final Indices indices;
  private final String index;
  private boolean running;
  private boolean wanted;
  private CompletableFuture<Void> next = new CompletableFuture<>();

  public SharedRefresh(Indices indices, String index) {
    this.indices = indices;
    this.index = index;
  }

  /**
   * Completes once all that was written before this call is searchable; fails if the refresh does.
   */
  public CompletionStage<Void> refresh() {
    CompletableFuture<Void> mine;
    synchronized (this) {
      mine = next;
      if (running) {
        wanted = true;
        return mine;
      }
      running = true;
      next = new CompletableFuture<>();
    }
    run(mine);
    return mine;
  }

  private void run(CompletableFuture<Void> waiting) {
    indices.refresh(index).whenComplete((done, failure) -> finished(waiting, failure));
  }

  private void finished(CompletableFuture<Void> waiting, Throwable failure) {
    CompletableFuture<Void> following = null;
    synchronized (this) {
      if (wanted) {
        wanted = false;
        following = next;
        next = new CompletableFuture<>();
      } else {
        running = false;
      }
    }
    if (following != null) {
      run(following);
    }
    if (failure == null) {
      waiting.complete(null);
    } else {
      waiting.completeExceptionally(failure);
    }
  }
}
