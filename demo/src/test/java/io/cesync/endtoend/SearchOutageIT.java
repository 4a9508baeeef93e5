package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.local.SearchServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elasticsearch dies, is restarted, and freezes, while the application goes on writing. */
class SearchOutageIT {
  @Test
  void losesNothing(@TempDir Path folder) throws IOException, InterruptedException {
    SearchServer search = SharedServers.get().servers().search();
    try (History history = History.onSharedServers("without_search", Seeds.one(), folder)) {
      history.writer().start();
      history.daemon().start();
      history.awaitCopied();
      history.awaitWrites(500);

      search.kill();
      history.awaitWrites(700);
      search.start();
      history.awaitWrites(500);

      search.stop();
      history.awaitWrites(700);
      search.start();
      history.awaitWrites(500);

      search.pause();
      history.awaitWrites(1500);
      search.resume();
      history.awaitWrites(300);

      assertThat(history.daemon().isAlive()).as(history.daemon().logTail()).isTrue();
      history.endsEqual(Duration.ofSeconds(150));
    }
  }
}
