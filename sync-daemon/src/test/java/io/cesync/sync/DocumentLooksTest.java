package io.cesync.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.document.DocumentReader;
import io.cesync.document.DocumentReader.Found;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Unknown;
import io.cesync.document.SearchClient;
import io.cesync.document.ServerVersion;
import io.cesync.document.StoredDocument;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which documents are taken as a search found them. Whoever asks the server finds nobody there. */
class DocumentLooksTest {

  private final ServerVersion version = new ServerVersion("8.19.20", 8, 19, false);
  private final SearchClient nobody =
      new SearchClient(RestClient.builder(new HttpHost("127.0.0.1", 1)).build());
  private final TwoWay twoWay =
      Targets.twoWay(
          Targets.ledger(new AtomicLong(Long.MIN_VALUE), new FirstLook()),
          new DocumentReader(nobody, "index", version));
  private final DocumentStates states = Targets.states(twoWay);
  private final DocumentLooks looks = new DocumentLooks(twoWay, states);

  @AfterEach
  void close() {
    nobody.close();
  }

  private static StoredDocument document(long seqNo) {
    return new StoredDocument("1", null, seqNo, 1, 1, "{}".getBytes(UTF_8));
  }

  private static Optional<LedgerEntry> entry(String era, long seqNo) {
    return Optional.of(new LedgerEntry("1", null, new Place(era, 0, seqNo, 1), 0, Map.of(), 0));
  }

  private Look look(StoredDocument found, Optional<LedgerEntry> entry) {
    Pending pending = new Pending(Keys.row(1, 1));
    pending.found = found;
    TwoWayCase each = new TwoWayCase(pending, null, "1", Visibility.VISIBLE, entry);
    return looks.at(List.of(each)).toCompletableFuture().join().get(each);
  }

  @Test
  void whatTheLedgerKnowsNothingNewerOfIsTakenAsItWasFound() {
    StoredDocument found = document(7);
    assertThat(look(found, Optional.empty())).isEqualTo(new Found(found));
    assertThat(look(found, entry(Targets.ERA, 6))).isEqualTo(new Found(found));
    assertThat(look(found, entry("other", 9))).isEqualTo(new Found(found));
  }

  @Test
  void whatWasNotFoundOrWrittenSinceIsReadAnew() {
    assertThat(look(null, Optional.empty())).isInstanceOf(Unknown.class);
    assertThat(look(document(7), entry(Targets.ERA, 8))).isInstanceOf(Unknown.class);
    assertThat(look(document(7), entry(Targets.ERA, 7))).isInstanceOf(Unknown.class);
  }

  @Test
  void aKeyIsOnlyLookedAtIfTheLedgerDoesNotKnowItsDocument() {
    Pending pending = new Pending(Keys.row(1, 1));
    assertThat(looks.isNeeded(pending, entry(Targets.ERA, 7))).isFalse();
    pending.foundAt = new Place(Targets.ERA, 0, 7, 1);
    assertThat(looks.isNeeded(pending, entry(Targets.ERA, 7))).isFalse();
    assertThat(looks.isNeeded(pending, entry(Targets.ERA, 8))).isFalse();
    assertThat(looks.isNeeded(pending, entry(Targets.ERA, 6))).isTrue();
    assertThat(looks.isNeeded(pending, entry("other", 8))).isTrue();
    assertThat(looks.isNeeded(pending, Optional.empty())).isTrue();
  }

  @Test
  void whatTheRowHasGotIsOnlyReadIfItWasWrittenSince() {
    Pending pending = Targets.carried(Keys.row(1, 1), states, 7, 500);
    assertThat(looks.isNeeded(pending, Optional.empty())).isFalse();
    assertThat(looks.isNeeded(pending, entry(Targets.ERA, 6))).isTrue();

    Pending later = new Pending(Keys.row(1, 1));
    later.foundAt = new Place(Targets.ERA, 0, 8, 1);
    pending.merge(later);
    assertThat(looks.isNeeded(pending, Optional.empty())).isTrue();
  }

  @Test
  void whatTheRowHasGotIsReadIfSomethingSaysSoOrTheSchemaIsAnother() {
    Pending pending = Targets.carried(Keys.row(1, 1), states, 7, 500);
    pending.readsDocument = true;
    assertThat(looks.isNeeded(pending, Optional.empty())).isTrue();

    Pending other = Targets.carried(Keys.row(1, 1), Targets.states(twoWay), 7, 500);
    assertThat(looks.isNeeded(other, Optional.empty())).isTrue();
  }
}
