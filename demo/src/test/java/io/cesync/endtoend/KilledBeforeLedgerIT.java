package io.cesync.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cesync.demo.SearchWriter;
import io.cesync.local.CassandraNode;
import io.cesync.local.SearchServer;
import io.cesync.mapping.TimestampField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon is killed when Elasticsearch has a document, and the ledger hasn't. What it wrote
 * itself must not be taken for a change of the application's then: that would be as new as the
 * application's own next change of the document, and undo what Cassandra got meanwhile.
 */
class KilledBeforeLedgerIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void whatItWroteItselfUndoesNothing(@TempDir Path folder) throws Exception {
    CassandraNode cassandra = SharedServers.get().servers().cassandra().node(0);
    SearchServer search = SharedServers.get().servers().search();
    try (TwoWayPair pair = new TwoWayPair("killed_before_ledger", "ahead", folder)) {
      set(pair, "a = 'a1', b = 'b1', c = 'c1'");
      pair.daemon().start();
      pair.awaitAgreement(SOON);

      search.pause();
      set(pair, "b = 'b2'");
      await().atMost(SOON).until(() -> isNoted(folder, "\"b\""));
      cassandra.pause();
      search.resume();
      await().atMost(SOON).until(() -> "b2".equals(pair.document(1, "b")));
      pair.daemon().kill();
      cassandra.resume();

      await().atMost(SOON).ignoreExceptions().until(() -> pair.rows().size() == 1);
      set(pair, "b = 'b3'");
      assertThat(
              pair.writer()
                  .update(
                      pair.index(),
                      "1",
                      JsonNodeFactory.instance
                          .objectNode()
                          .put("a", "a4")
                          .put(TimestampField.USUAL, Instant.now().plusMillis(5).toString())))
          .isEqualTo(SearchWriter.Result.CHANGED);
      pair.daemon().start();
      Cells row = pair.awaitAgreement(Duration.ofMinutes(1)).get(1);

      assertThat(row.cell("a").value()).isEqualTo("a4");
      assertThat(row.cell("b").value()).isEqualTo("b3");
    }
    try (Stream<Path> files = files(folder)) {
      assertThat(files).as("all is settled").isEmpty();
    }
  }

  /** The next one has the entries though Cassandra hasn't got them. */
  @Test
  void whatTheApplicationsDoMeanwhileIsSeenAsTheirs(@TempDir Path folder) throws Exception {
    CassandraNode cassandra = SharedServers.get().servers().cassandra().node(0);
    SearchServer search = SharedServers.get().servers().search();
    try (TwoWayPair pair = new TwoWayPair("killed_owing_ledger", "ahead", folder)) {
      pair.daemon().start();
      pair.awaitAgreement(SOON);

      search.pause();
      for (int k = 1; k <= 30; k++) {
        set(pair, k, "a = 'a1', b = 'b1'");
      }
      await().atMost(SOON).until(() -> lines(folder, "+ ") >= 30);
      cassandra.pause();
      search.resume();
      await().atMost(SOON).until(() -> lines(folder, "= ") >= 30);
      pair.daemon().kill();
      cassandra.resume();

      await().atMost(SOON).ignoreExceptions().until(() -> pair.rows().size() == 30);
      for (int k = 1; k <= 10; k++) {
        assertThat(pair.writer().delete(pair.index(), Integer.toString(k)))
            .isEqualTo(SearchWriter.Result.CHANGED);
        assertThat(
                pair.writer()
                    .update(
                        pair.index(),
                        Integer.toString(k + 10),
                        JsonNodeFactory.instance.objectNode().put("a", "a2")))
            .isEqualTo(SearchWriter.Result.CHANGED);
        set(pair, k + 10, "b = 'b2'");
        set(pair, k + 20, "b = 'b2'");
      }
      pair.daemon().start();
      Map<Integer, Cells> rows = pair.awaitAgreement(Duration.ofMinutes(1));

      assertThat(rows.keySet())
          .containsExactlyElementsOf(IntStream.rangeClosed(11, 30).boxed().toList());
      rows.forEach(
          (k, row) -> {
            assertThat(row.cell("a").value()).as("a of %s", k).isEqualTo(k <= 20 ? "a2" : "a1");
            assertThat(row.cell("b").value()).as("b of %s", k).isEqualTo("b2");
          });
    }
    try (Stream<Path> files = files(folder)) {
      assertThat(files).as("all is settled").isEmpty();
    }
  }

  private static void set(TwoWayPair pair, String columns) {
    set(pair, 1, columns);
  }

  private static void set(TwoWayPair pair, int k, String columns) {
    pair.session().execute("UPDATE %s SET %s WHERE k = %s".formatted(pair.table(), columns, k));
  }

  private static long lines(Path folder, String start) throws IOException {
    long count = 0;
    try (Stream<Path> files = files(folder)) {
      for (Path file : files.toList()) {
        count += Files.readAllLines(file).stream().filter(line -> line.startsWith(start)).count();
      }
    }
    return count;
  }

  @SuppressWarnings("StreamResourceLeak") // its users close it
  private static Stream<Path> files(Path folder) throws IOException {
    Path intents = folder.resolve("state.yaml.intents");
    return Files.exists(intents) ? Files.list(intents) : Stream.empty();
  }

  private static boolean isNoted(Path folder, String text) throws IOException {
    try (Stream<Path> files = files(folder)) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }
}
