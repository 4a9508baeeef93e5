package io.cesync.endtoend;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is written, in whatever order: in the end both sides are equal, and then all is quiet.
 */
class RandomHistoriesIT {
  private static final Duration QUIET = Duration.ofSeconds(8);

  static LongStream seeds() {
    return Seeds.all();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void endWithEqualSidesAndThenStayQuiet(long seed, @TempDir Path folder)
      throws IOException, InterruptedException {
    try (History history = History.onSharedServers("history_" + seed, seed, folder)) {
      history.writer().start();
      // Half of them begin with a copy of what is there already, while it changes.
      if (seed % 2 == 0) {
        history.awaitWrites(800);
      }
      history.daemon().start();
      history.awaitCopied();
      history.awaitWrites(2000);
      history.endsEqual(Duration.ofSeconds(100));
      staysQuiet(history);
    }
  }

  /** A conditional write is applied once more a little later; after that there is nothing to do. */
  private static void staysQuiet(History history) {
    long[] last = {-1};
    await("no writes to Elasticsearch for " + QUIET)
        .atMost(Duration.ofMinutes(1))
        .pollInterval(QUIET)
        .until(
            () -> {
              long before = last[0];
              last[0] = 0;
              for (String table : history.workload().tables()) {
                last[0] += SharedServers.get().search().operations(table.replace('.', '_'));
              }
              return last[0] == before;
            });
  }
}
