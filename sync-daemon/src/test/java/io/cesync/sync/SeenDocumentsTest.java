package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.document.StoredDocument;
import org.junit.jupiter.api.Test;

class SeenDocumentsTest {

  private static StoredDocument document(String id, long seqNo) {
    return new StoredDocument(id, null, seqNo, 1, seqNo, null);
  }

  @Test
  void aDocumentThatWasWrittenAgainIsAnother() {
    SeenDocuments seen = new SeenDocuments(10_000);
    seen.add(document("a", 1));
    assertThat(seen.contains(document("a", 1))).isTrue();
    assertThat(seen.contains(document("a", 2))).isFalse();
    assertThat(seen.contains(document("b", 1))).isFalse();
    seen.add(document("a", 2));
    assertThat(seen.contains(document("a", 1))).isFalse();
  }

  @Test
  void whatIsRememberedIsTheLast() {
    SeenDocuments seen = new SeenDocuments(10_000);
    for (int i = 0; i < 10_000; i++) {
      seen.add(document("id" + i, i));
    }
    assertThat(seen.contains(document("id9999", 9999))).isTrue();
    assertThat(seen.contains(document("id9950", 9950))).isTrue();
    assertThat(seen.contains(document("id9000", 9000))).isFalse();
    // One that was written again meanwhile is not taken for what it was.
    seen.add(document("id9999", 20_000));
    assertThat(seen.contains(document("id9999", 9999))).isFalse();
  }
}
