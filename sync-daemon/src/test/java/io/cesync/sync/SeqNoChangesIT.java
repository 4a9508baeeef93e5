package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.document.SearchClient;
import io.cesync.document.SeqNoTail;
import io.cesync.document.ServerVersion;
import io.cesync.document.StoredDocument;
import io.cesync.live.LiveServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Documents come with their sources as long as these are of use, and own writes not at all. */
@ExtendWith(LiveServers.Extension.class)
class SeqNoChangesIT {

  private static final String INDEX = "seq-no-changes";
  private static final int DOCUMENTS = 8;

  private final LiveServers servers;
  private final SearchClient client;
  private final OwnNumbers own = new OwnNumbers();
  private final SeqNoChanges changes;

  SeqNoChangesIT(LiveServers servers) {
    this.servers = servers;
    this.client =
        new SearchClient(RestClient.builder(HttpHost.create(servers.search().toString())).build());
    ServerVersion version = new ServerVersion("8.19.20", 8, 19, false);
    this.changes =
        new SeqNoChanges(
            "test",
            new TableLedger(null, "era", 1, true, new AtomicLong(), new FirstLook(), own),
            new SeqNoTail(client, INDEX, version),
            null,
            0,
            1_000_000,
            error -> {},
            Map.of(),
            Map.of(),
            null);
  }

  @AfterEach
  void delete() {
    client.close();
    servers.rest().send("DELETE", "/" + INDEX, null);
  }

  /** All documents: nothing that was found is ever done. */
  private List<StoredDocument> look(int known) {
    Changes.Look look = changes.look(Instant.EPOCH, false).toCompletableFuture().join();
    List<StoredDocument> documents = look.next().toCompletableFuture().join().documents();
    assertThat(documents).hasSize(DOCUMENTS);
    look.known(documents.subList(0, known));
    return documents;
  }

  private void index(int from, int to) {
    for (int i = from; i < to; i++) {
      servers.rest().ok("PUT", "/" + INDEX + "/_doc/" + i, "{\"a\":1}");
    }
  }

  private static List<Long> numbers(Changes.Look look) {
    List<Long> numbers = new ArrayList<>();
    while (look.hasNext()) {
      look.next().toCompletableFuture().join().documents().forEach(d -> numbers.add(d.seqNo()));
    }
    return numbers;
  }

  private Changes.Look look(Instant now, boolean isBusy) {
    return changes.look(now, isBusy).toCompletableFuture().join();
  }

  private void afterAFirstLook() {
    servers.rest().ok("PUT", "/" + INDEX, "{\"settings\":{\"number_of_shards\":1}}");
    index(0, 3);
    Changes.Look first = look(Instant.EPOCH, false);
    assertThat(numbers(first)).containsExactly(0L, 1L, 2L);
    first.done();
  }

  @Test
  void ownWritesAreNotSearchedUpToTheFirstOfTheApplication() {
    afterAFirstLook();
    index(3, 7);
    own.known(3);
    own.known(4);
    own.known(6);

    assertThat(numbers(look(Instant.EPOCH, true))).containsExactly(5L, 6L);
    own.known(5);
    Changes.Look passed = look(Instant.EPOCH, true);
    assertThat(passed.hasNext()).isFalse();
    passed.done();
    assertThat(changes.positions().get(0).seqNo()).isEqualTo(6);
  }

  /** Others may get those numbers then. */
  @Test
  void anIndexThatHasLostOwnWritesIsReadAnew() {
    afterAFirstLook();
    index(3, 5);
    own.known(3);
    own.known(4);
    assertThat(look(Instant.EPOCH, false).outdated()).isEmpty();
    own.known(5);
    assertThat(look(Instant.EPOCH, false).outdated().orElseThrow()).contains("has lost writes");
  }

  /** Whatever may be cesync's own is waited for when there is much to do, but not for long. */
  @Test
  void whatIsUnderWayIsWaitedFor() {
    afterAFirstLook();
    index(3, 5);
    own.known(3);
    OwnNumbers.Request request = own.sent();
    CompletableFuture<Changes.Look> look = changes.look(Instant.EPOCH, true).toCompletableFuture();
    await().during(Duration.ofMillis(300)).until(() -> !look.isDone());
    own.known(4);
    request.settled();
    assertThat(look.join().hasNext()).isFalse();

    own.sent();
    index(5, 6);
    assertThat(seconds(false)).isLessThan(1.5);
    assertThat(seconds(true)).isBetween(1.9, 10.0);
  }

  /** How long a look takes, with much to do or not. */
  private double seconds(boolean isBusy) {
    long start = System.nanoTime();
    assertThat(numbers(look(Instant.EPOCH, isBusy))).containsExactly(5L);
    return (System.nanoTime() - start) / 1e9;
  }

  @Test
  void whereMostAreOwnWritesTheNextComeWithoutSources() {
    servers.rest().ok("PUT", "/" + INDEX, "{\"settings\":{\"number_of_shards\":1}}");
    index(0, DOCUMENTS);
    assertThat(look(DOCUMENTS / 2)).allMatch(document -> document.source() != null);
    assertThat(look(DOCUMENTS / 2 + 1)).allMatch(document -> document.source() != null);
    assertThat(look(DOCUMENTS)).allMatch(document -> document.source() == null);
    assertThat(look(0)).allMatch(document -> document.source() == null);
    assertThat(look(0)).allMatch(document -> document.source() != null);
  }
}
