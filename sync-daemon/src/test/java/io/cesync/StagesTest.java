package io.cesync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class StagesTest {

  private final List<Throwable> fatal = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private final Executor guarded =
      task -> {
        try {
          task.run();
        } catch (RuntimeException e) {
          fatal.add(e);
        }
      };

  @Test
  void resultsAndFailuresAreHandedOn() {
    RuntimeException refused = new IllegalStateException("refused");
    Stages.whenEnded(
        CompletableFuture.completedFuture("page"), guarded, (page, failure) -> seen.add(page));
    Stages.whenEnded(
        CompletableFuture.failedFuture(refused),
        guarded,
        (page, failure) -> seen.add(failure.getMessage()));
    assertThat(seen).containsExactly("page", "refused");
    assertThat(fatal).isEmpty();
  }

  @Test
  void whatGoesWrongInTheActionReachesTheExecutor() {
    RuntimeException wrong = new IllegalStateException("wrong");
    CompletableFuture<String> stage = new CompletableFuture<>();
    Stages.whenEnded(
        stage,
        guarded,
        (page, failure) -> {
          throw wrong;
        });
    assertThat(fatal).isEmpty();
    stage.complete("page");
    assertThat(fatal).containsExactly(wrong);
  }
}
