package io.cesync.verify;

import io.cesync.verify.Parts.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Has some threads work through parts. Confined to one thread. */
final class Workers implements AutoCloseable {

  private final int count;
  private final Patience patience;
  private final ExecutorService threads;

  Workers(int count, Patience patience) {
    this.count = count;
    this.patience = patience;
    threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "cesync-verify");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What is done to a stretch. */
  interface Work {
    void of(Stretch stretch) throws InterruptedException;
  }

  /** Does all parts; the first failure ends it. */
  void run(Parts parts, Suspects suspects, Work work) throws InterruptedException {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      running.add(
          threads.submit(
              () -> {
                try {
                  for (Optional<Stretch> next = parts.take();
                      next.isPresent() && !suspects.isFull();
                      next = parts.take()) {
                    work.of(next.get());
                  }
                } catch (RuntimeException e) {
                  patience.halt();
                  throw e;
                }
                return null;
              }));
    }
    RuntimeException failure = null;
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        failure = worse(failure, e.getCause());
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Others only stopped because of it. */
  private static RuntimeException worse(RuntimeException known, Throwable next) {
    if (known != null && !(known instanceof StoppedException)) {
      return known;
    }
    return next instanceof RuntimeException e ? e : new CompletionException(next);
  }

  @Override
  public void close() {
    patience.halt();
    threads.shutdownNow();
  }
}
