package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.document.SearchClient;
import io.cesync.document.SeqNoTail;
import io.cesync.document.ServerVersion;
import io.cesync.document.StoredDocument;
import io.cesync.live.LiveServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Documents come with their sources as long as these are of use. */
@ExtendWith(LiveServers.Extension.class)
class SeqNoChangesIT {

  private static final String INDEX = "seq-no-changes";
  private static final int DOCUMENTS = 8;

  private final LiveServers servers;
  private final SearchClient client;
  private final SeqNoChanges changes;

  SeqNoChangesIT(LiveServers servers) {
    this.servers = servers;
    this.client =
        new SearchClient(RestClient.builder(HttpHost.create(servers.search().toString())).build());
    ServerVersion version = new ServerVersion("8.19.20", 8, 19, false);
    this.changes =
        new SeqNoChanges(
            "test",
            null,
            new SeqNoTail(client, INDEX, version),
            null,
            0,
            Long.MAX_VALUE,
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
    Changes.Look look = changes.look(Instant.EPOCH).toCompletableFuture().join();
    List<StoredDocument> documents = look.next().toCompletableFuture().join().documents();
    assertThat(documents).hasSize(DOCUMENTS);
    look.known(documents.subList(0, known));
    return documents;
  }

  @Test
  void whereMostAreOwnWritesTheNextComeWithoutSources() {
    servers.rest().ok("PUT", "/" + INDEX, "{\"settings\":{\"number_of_shards\":1}}");
    for (int i = 0; i < DOCUMENTS; i++) {
      servers.rest().ok("PUT", "/" + INDEX + "/_doc/" + i, "{\"a\":1}");
    }
    assertThat(look(DOCUMENTS / 2)).allMatch(document -> document.source() != null);
    assertThat(look(DOCUMENTS / 2 + 1)).allMatch(document -> document.source() != null);
    assertThat(look(DOCUMENTS)).allMatch(document -> document.source() == null);
    assertThat(look(0)).allMatch(document -> document.source() == null);
    assertThat(look(0)).allMatch(document -> document.source() != null);
  }
}
