package io.cesync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import io.cesync.UserError;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private final FakeTime time = new FakeTime();
  private final Patience patience = new Patience(time, time, Duration.ofSeconds(60));

  private static CompletableFuture<String> failed(Throwable why) {
    return CompletableFuture.failedFuture(why);
  }

  @Test
  void aServerThatComesBackInTimeIsWaitedFor() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    String answer =
        patience.call(
            () ->
                switch (asked.incrementAndGet()) {
                  case 1, 2 -> failed(new ConnectException("refused"));
                  case 3 -> failed(new NoNodeAvailableException());
                  default -> CompletableFuture.completedFuture("here");
                });
    assertThat(answer).isEqualTo("here");
    assertThat(time.instant()).isAfter(FakeTime.START);
  }

  @Test
  void oneThatDoesNotIsGivenUp() {
    assertThatThrownBy(() -> patience.call(() -> failed(new IOException("away"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no answer for 60 s")
        .hasMessageContaining("away");
    assertThat(Duration.between(FakeTime.START, time.instant()))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(70));
  }

  @Test
  void whatWaitingCannotMendFailsAtOnce() {
    assertThatThrownBy(() -> patience.call(() -> failed(new IllegalStateException("a defect"))))
        .isInstanceOf(CompletionException.class);
    assertThat(time.instant()).isEqualTo(FakeTime.START);
  }

  @Test
  void aStopEndsTheWaiting() {
    time.stopAt(FakeTime.START.plusSeconds(10));
    assertThatThrownBy(() -> patience.call(() -> failed(new IOException("away"))))
        .isInstanceOf(StoppedException.class);
  }

  @Test
  void soDoesTheFailureOfAnotherThread() {
    patience.halt();
    assertThatThrownBy(() -> patience.call(() -> CompletableFuture.completedFuture("here")))
        .isInstanceOf(StoppedException.class);
  }
}
