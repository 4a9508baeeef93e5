package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.local.CassandraNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cassandra dies, is restarted, and freezes; writes under way may come to something or not. */
class CassandraOutageIT {
  @Test
  void losesNothing(@TempDir Path folder) throws IOException, InterruptedException {
    CassandraNode node = SharedServers.get().servers().cassandra().node(0);
    try (History history = History.onSharedServers("without_cassandra", Seeds.one(), folder)) {
      history.writer().start();
      history.daemon().start();
      history.awaitCopied();
      history.awaitWrites(500);

      node.kill();
      history.awaitFailures(20);
      node.start();
      history.awaitWrites(500);

      node.stop();
      history.awaitFailures(20);
      node.start();
      history.awaitWrites(500);

      node.pause();
      history.awaitFailures(3);
      node.resume();
      history.awaitWrites(500);

      assertThat(history.daemon().isAlive()).as(history.daemon().logTail()).isTrue();
      history.endsEqual(Duration.ofSeconds(150));
    }
  }
}
