package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.SchemaChangeListenerBase;
import io.cesync.connect.CassandraConnection;
import io.cesync.document.LedgerNumbers;
import io.cesync.document.SearchClient;
import io.cesync.document.SeqNoTail;
import io.cesync.document.ServerVersion;
import io.cesync.document.StoredDocument;
import io.cesync.document.VanishedSearch;
import io.cesync.ledger.Ledger;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.live.LiveServers;
import io.cesync.live.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A search for what has vanished may be put off, but isn't forgotten. */
@ExtendWith(LiveServers.Extension.class)
class SeqNoDeletesIT {

  private static final String INDEX = "seq-no-deletes";
  private static final String ERA = "era";
  private static final Instant START = Instant.EPOCH;

  /** Of a look, in numbers. */
  private static final int MOST_NUMBERS = 4;

  private static final int MOST_DELETES = 2;

  private final LiveServers servers;
  private final SearchClient client;
  private final Map<String, LedgerEntry> entries = new HashMap<>();
  private final List<String> errors = new ArrayList<>();
  private CqlSession session;
  private TableLedger ledger;
  private SeqNoChanges changes;

  SeqNoDeletesIT(LiveServers servers) {
    this.servers = servers;
    this.client =
        new SearchClient(RestClient.builder(HttpHost.create(servers.search().toString())).build());
  }

  @BeforeEach
  void threeDocumentsThatTheLedgerHas(@TempDir Path directory) {
    Site site = new Site(servers, directory).table("t", "a int PRIMARY KEY", "a");
    site.install();
    session =
        CassandraConnection.open(site.settings().cassandra(), new SchemaChangeListenerBase() {});
    Ledger places =
        new Ledger(
            session,
            CqlIdentifier.fromInternal("logger"),
            site.keyspace(),
            "t",
            50,
            true,
            0,
            () -> {});
    ledger =
        new TableLedger(places, ERA, 1, true, new AtomicLong(), new FirstLook(), new OwnNumbers());
    ServerVersion version = new ServerVersion("8.19.20", 8, 19, false);
    changes =
        new SeqNoChanges(
            "test",
            ledger,
            new SeqNoTail(client, INDEX, version),
            new VanishedSearch(client, INDEX, version, ledger),
            MOST_DELETES,
            MOST_NUMBERS,
            errors::add,
            Map.of(),
            Map.of(),
            null);

    servers.rest().ok("PUT", "/" + INDEX, "{\"settings\":{\"number_of_shards\":1}}");
    index(0, 3);
    Changes.Look first = look(START);
    assertThat(first.vanished(false)).isEmpty();
    first.done();
    assertThat(gone(START)).contains(List.of());
  }

  @AfterEach
  void close() {
    client.close();
    session.close();
    servers.rest().send("DELETE", "/" + INDEX, null);
  }

  private void index(int from, int to) {
    IntStream.range(from, to)
        .forEach(i -> servers.rest().ok("PUT", "/" + INDEX + "/_doc/" + i, "{\"a\":1}"));
  }

  private void delete(int from, int to) {
    IntStream.range(from, to)
        .forEach(i -> servers.rest().ok("DELETE", "/" + INDEX + "/_doc/" + i, null));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** All that it finds is in the ledger then. */
  private Changes.Look look(Instant now) {
    Changes.Look look = await(changes.look(now, false));
    while (look.hasNext()) {
      await(look.next()).documents().forEach(this::noted);
    }
    return look;
  }

  private void noted(StoredDocument document) {
    Place place = new Place(ERA, 0, document.seqNo(), document.primaryTerm());
    LedgerEntry entry = new LedgerEntry(document.id(), null, place, 1, Map.of(), 1);
    Optional<LedgerEntry> before = Optional.ofNullable(entries.put(document.id(), entry));
    await(ledger.put(List.of(new Ledger.Put(entry, before))));
  }

  /** The ids of what a look says to have vanished, if that was searched. */
  private Optional<List<String>> gone(Instant now) {
    return gone(now, false);
  }

  private Optional<List<String>> gone(Instant now, boolean canWait) {
    Changes.Look look = look(now);
    Optional<List<String>> gone =
        look.vanished(canWait)
            .map(stage -> await(stage).stream().map(LedgerNumbers.Entry::id).toList());
    look.done();
    return gone;
  }

  @Test
  void nothingIsSearchedWhereEachNumberIsADocuments() {
    index(3, 5);
    assertThat(gone(START.plusSeconds(1))).isEmpty();
    assertThat(changes.position()).contains(START.plusSeconds(1));
  }

  /** Of a look in parts, only the last may search: a document may have moved to a later one. */
  @Test
  void aDeleteInAnEarlierPartOfALookIsFoundAfterTheLast() {
    delete(1, 2);
    index(3, 3 + MOST_NUMBERS);
    assertThat(gone(START.plusSeconds(1))).isEmpty();
    assertThat(changes.position()).contains(START);
    assertThat(gone(START.plusSeconds(2))).contains(List.of("1"));
    assertThat(changes.position()).contains(START.plusSeconds(2));
  }

  @Test
  void aSearchThatCanWaitIsMadeUpForWithoutNews() {
    delete(1, 2);
    assertThat(gone(START.plusSeconds(1), true)).isEmpty();
    assertThat(changes.position()).contains(START);
    assertThat(gone(START.plusSeconds(2), false)).contains(List.of("1"));
    assertThat(changes.position()).contains(START.plusSeconds(2));
  }

  /** They are back before it searches again, and nothing happens after that. */
  @Test
  void tooManyDeletesAreOverOnceTheDocumentsAreBack() {
    delete(0, 3);
    assertThat(gone(START.plusSeconds(1))).contains(List.of());
    assertThat(errors).singleElement().asString().contains("have vanished");
    index(0, 3);
    assertThat(gone(START.plusSeconds(2))).isEmpty();
    assertThat(changes.position()).contains(START);
    assertThat(gone(START.plusSeconds(11))).contains(List.of());
    assertThat(changes.position()).contains(START.plusSeconds(11));
    assertThat(errors).hasSize(1);
  }

  @Test
  void asLongAsNothingHappensTooManyDeletesAreNotSearchedAgain() {
    delete(0, 3);
    assertThat(gone(START.plusSeconds(1))).contains(List.of());
    assertThat(gone(START.plusSeconds(60))).isEmpty();
    assertThat(changes.position()).contains(START);
  }
}
