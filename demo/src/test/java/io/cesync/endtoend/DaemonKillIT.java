package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon dies at any moment, in its first copy as well, and goes on where it was. */
class DaemonKillIT {
  private static final int KILLS = 5;

  @Test
  void losesNothing(@TempDir Path folder) throws IOException, InterruptedException {
    long seed = Seeds.one();
    Random random = new Random(seed);
    try (History history = History.onSharedServers("killed", seed, folder)) {
      history.writer().start();
      history.awaitWrites(500);
      for (int i = 0; i < KILLS; i++) {
        history.daemon().start();
        if (i > 0) {
          history.awaitCopied();
        }
        history.awaitWrites(200 + random.nextInt(900));
        assertThat(history.daemon().isAlive()).as(history.daemon().logTail()).isTrue();
        history.daemon().kill();
        history.awaitWrites(random.nextInt(300));
      }
      history.daemon().start();
      history.awaitWrites(300);
      history.endsEqual(Duration.ofMinutes(2));
    }
  }
}
