package io.cesync.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.document.ScriptedServer.Answer;
import io.cesync.document.ScriptedServer.Bulk;
import io.cesync.document.WriteResult.Conflict;
import io.cesync.document.WriteResult.Rejected;
import io.cesync.document.WriteResult.Retry;
import io.cesync.document.WriteResult.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkSenderTest {

  private static final BulkLimits LIMITS = new BulkLimits(100, 1 << 20, 3);

  private final ScriptedServer server = new ScriptedServer();
  private BulkLimits limits = LIMITS;
  private BulkSender sender = new BulkSender(server.client(), LIMITS);

  @AfterEach
  void close() {
    server.close();
  }

  private void limits(int documents, long bytes, int inFlight) {
    limits = new BulkLimits(documents, bytes, inFlight);
    sender = new BulkSender(server.client(), limits);
  }

  private static List<DocumentOp> ops(int count) {
    return IntStream.range(0, count).<DocumentOp>mapToObj(i -> op("id" + i, 10)).toList();
  }

  private static DocumentOp op(String id, int bytes) {
    String source = "{\"v\":\"" + "x".repeat(bytes) + "\"}";
    return new DocumentOp.Index("index", id, 1, source.getBytes(UTF_8), null);
  }

  private CompletableFuture<List<WriteResult>> send(List<DocumentOp> ops) {
    return sender.write(ops, limits).toCompletableFuture();
  }

  private List<WriteResult> write(List<DocumentOp> ops) {
    return send(ops).orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void resultsComeInTheOrderOfTheOperations() {
    server.script(
        bulk ->
            Answer.items(
                bulk.ids().stream()
                    .map(
                        id ->
                            switch (id) {
                              case "id2" ->
                                  ScriptedServer.item(409, "version_conflict_engine_exception");
                              case "id3" -> ScriptedServer.item(404, "");
                              case "id5" -> ScriptedServer.item(400, "document_parsing_exception");
                              case "id6" -> ScriptedServer.item(403, "cluster_block_exception");
                              case "id7" ->
                                  ScriptedServer.item(429, "es_rejected_execution_exception");
                              default -> ScriptedServer.item(201, "");
                            })));
    List<DocumentOp> ops = new ArrayList<>(ops(9));
    ops.add(4, op("é".repeat(257), 10));

    List<WriteResult> results = write(ops);

    assertThat(results).hasSize(10);
    assertThat(List.of(0, 1, 3, 5, 9)).allMatch(i -> results.get(i) == WriteResult.APPLIED);
    assertThat(results.get(2)).isEqualTo(new Conflict(OptionalLong.empty()));
    assertThat(((Rejected) results.get(4)).reason()).contains("longer than 512 bytes");
    assertThat(((Rejected) results.get(6)).reason())
        .isEqualTo("document_parsing_exception: scripted");
    assertThat(((Retry) results.get(7)).scope()).isEqualTo(Scope.INDEX);
    assertThat(((Retry) results.get(8)).scope()).isEqualTo(Scope.SERVER);
    assertThat(server.bulks()).hasSize(1);
  }

  @Test
  void anIdOfTheMostBytesIsSent() {
    assertThat(write(List.of(op("é".repeat(256), 1), op("x".repeat(512), 1))))
        .containsOnly(WriteResult.APPLIED);
    assertThat(write(List.of(op("x".repeat(513), 1))).get(0)).isInstanceOf(Rejected.class);
    // There is nothing to delete.
    assertThat(write(List.of(new DocumentOp.Delete("index", "x".repeat(513), 1))))
        .containsExactly(WriteResult.APPLIED);
    assertThat(write(List.of(new DocumentOp.DeleteUnchanged("index", "x".repeat(513), null, 1, 1))))
        .containsExactly(new Conflict(OptionalLong.empty()));
    assertThat(server.bulks()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "429, es_rejected_execution_exception, false",
    "429, circuit_breaking_exception, false",
    "503, cluster_block_exception, false",
    "504, timeout, true",
    "500, unknown, false",
    "401, security_exception, false",
    "403, security_exception, false",
  })
  void aBulkThatFailsAsAWholeIsToBeRepeated(int status, String type, boolean maybeApplied) {
    server.script(bulk -> Answer.of(status, type));

    assertThat(write(ops(3)))
        .hasSize(3)
        .allSatisfy(
            result -> {
              Retry retry = (Retry) result;
              assertThat(retry.scope()).isEqualTo(Scope.SERVER);
              assertThat(retry.maybeApplied()).isEqualTo(maybeApplied);
              assertThat(retry.reason()).contains(String.valueOf(status)).doesNotContain("\n");
            });
  }

  @Test
  void aDroppedConnectionMayHaveAppliedIt() {
    server.script(bulk -> Answer.DROPPED);

    assertThat(write(ops(3)))
        .hasSize(3)
        .allSatisfy(
            result -> {
              assertThat(((Retry) result).maybeApplied()).isTrue();
              assertThat(((Retry) result).scope()).isEqualTo(Scope.SERVER);
            });
  }

  @ParameterizedTest
  @CsvSource({"'{\"items\":[]}'", "'<html>a proxy</html>'", "''"})
  void anAnswerThatIsNotOneIsToBeRepeated(String body) {
    server.script(bulk -> new Answer(200, body));

    assertThat(write(ops(3))).hasSize(3).allMatch(result -> result instanceof Retry);
    // The sender is not stuck.
    server.script(ScriptedServer::accept);
    assertThat(write(ops(3))).containsOnly(WriteResult.APPLIED);
  }

  @Test
  void aTooLargeBulkIsSplitUntilItsPartsPass() {
    server.script(bulk -> bulk.bytes() > 6_000 ? new Answer(413, "") : ScriptedServer.accept(bulk));
    List<DocumentOp> ops = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ops.add(op("id" + i, i == 13 ? 10_000 : 1_000));
    }

    List<WriteResult> results = write(ops);

    for (int i = 0; i < 20; i++) {
      if (i == 13) {
        assertThat(((Rejected) results.get(i)).reason()).contains("larger than the server takes");
      } else {
        assertThat(results.get(i)).isEqualTo(WriteResult.APPLIED);
      }
    }
    assertThat(sender.queuedBytes()).isZero();
  }

  @Test
  void aBulkThatTheServerCannotReadIsSplitToTheOneBadDocument() {
    server.script(
        bulk ->
            bulk.ids().contains("id42")
                ? Answer.of(400, "x_content_parse_exception")
                : ScriptedServer.accept(bulk));

    List<WriteResult> results = write(ops(64));

    for (int i = 0; i < 64; i++) {
      if (i == 42) {
        assertThat(((Rejected) results.get(i)).reason()).contains("x_content_parse_exception");
      } else {
        assertThat(results.get(i)).isEqualTo(WriteResult.APPLIED);
      }
    }
    // Each of the others was applied once.
    assertThat(
            server.bulks().stream()
                .filter(bulk -> !bulk.ids().contains("id42"))
                .mapToInt(bulk -> bulk.ids().size())
                .sum())
        .isEqualTo(63);
  }

  @Test
  void limitsAreRespected() {
    limits(10, 5_000, 2);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.script(
        bulk -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Answer answer = ScriptedServer.accept(bulk);
          now.decrementAndGet();
          return answer;
        });
    List<CompletableFuture<List<WriteResult>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int size = i % 2 == 0 ? 10 : 1_000;
      all.add(send(IntStream.range(0, 10).mapToObj(n -> op("id" + n, size)).toList()));
    }
    all.forEach(one -> assertThat(one.join()).hasSize(10).containsOnly(WriteResult.APPLIED));

    assertThat(most.get()).isLessThanOrEqualTo(2);
    assertThat(server.bulks())
        .allSatisfy(
            bulk -> {
              assertThat(bulk.ids()).hasSizeLessThanOrEqualTo(10);
              assertThat(bulk.bytes()).isLessThanOrEqualTo(5_000);
            });
    assertThat(server.bulks().stream().mapToInt(bulk -> bulk.ids().size()).sum()).isEqualTo(200);
  }

  @Test
  void aSingleDocumentOverTheLimitGoesAlone() {
    limits(10, 1_000, 1);

    assertThat(write(List.of(op("a", 10), op("b", 5_000), op("c", 10))))
        .containsOnly(WriteResult.APPLIED);

    assertThat(server.bulks()).extracting(Bulk::ids).contains(List.of("b"));
  }

  @Test
  void whatComesWhileTheServerIsBusyGoesTogether() throws InterruptedException {
    limits(100, 1 << 20, 1);
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    server.script(
        bulk -> {
          first.countDown();
          await().until(() -> go.getCount() == 0);
          return ScriptedServer.accept(bulk);
        });
    List<CompletableFuture<List<WriteResult>>> all = new ArrayList<>();
    all.add(send(List.of(op("first", 1))));
    first.await();
    for (int i = 0; i < 50; i++) {
      all.add(send(List.of(op("id" + i, 1))));
    }
    assertThat(sender.queuedBytes()).isPositive();
    go.countDown();
    all.forEach(one -> assertThat(one.join()).containsExactly(WriteResult.APPLIED));

    assertThat(server.bulks()).extracting(bulk -> bulk.ids().size()).containsExactly(1, 50);
    assertThat(sender.queuedBytes()).isZero();
  }

  @Test
  void anOverloadedServerGetsSmallerBulksAndLaterLargerOnes() {
    limits(64, 1 << 20, 1);
    server.script(bulk -> Answer.of(429, "es_rejected_execution_exception"));
    for (int i = 0; i < 3; i++) {
      write(ops(1));
    }
    server.script(ScriptedServer::accept);
    server.bulks().clear();

    write(ops(64));
    assertThat(server.bulks()).extracting(bulk -> bulk.ids().size()).containsOnly(8);

    for (int i = 0; i < 40; i++) {
      write(ops(1));
    }
    server.bulks().clear();
    write(ops(64));
    assertThat(server.bulks()).extracting(bulk -> bulk.ids().size()).containsExactly(64);
  }
}
