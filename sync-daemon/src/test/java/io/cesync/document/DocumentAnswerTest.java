package io.cesync.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cesync.document.DocumentAnswer.Item;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DocumentAnswerTest {

  private static DocumentAnswer read(String answer) throws IOException {
    return DocumentAnswer.of(answer.getBytes(UTF_8), new Dialect(ServerVersion.USUAL));
  }

  @Test
  void sourcesAreCutOutAsTheyStand() throws IOException {
    String first =
        "{ \"n\" : 1.10000000000000000000000000000000000001, \"e\":1E+2,\"a\":[{}, -0.0],"
            + "\"t\":\"\\u00e9é😀}\" }";
    String second = "{\"o\":" + "{\"o\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}";

    DocumentAnswer answer =
        read(
            "{\"took\":3,\"timed_out\":true,\"_shards\":{\"total\":1,\"successful\":1},"
                + "\"hits\":{\"max_score\":null,\"hits\":["
                + "{\"_index\":\"i\",\"_id\":\"é\",\"_version\":4,\"_seq_no\":17,"
                + "\"_primary_term\":2,\"_routing\":\"r\",\"_score\":null,\"_source\":"
                + (first + ",\"sort\":[17]},{\"_id\":\"b\",\"_seq_no\":18,\"_source\":")
                + (second + "},{\"_id\":\"c\"}]},\"aggregations\":{\"docs\":{}}}"));

    assertThat(answer.timedOut()).isTrue();
    assertThat(answer.shards().path("total").asInt()).isEqualTo(1);
    assertThat(answer.items()).hasSize(3);
    StoredDocument document = answer.items().get(0).document();
    assertThat(document.id()).isEqualTo("é");
    assertThat(document.routing()).isEqualTo("r");
    assertThat(document.version()).isEqualTo(4);
    assertThat(document.seqNo()).isEqualTo(17);
    assertThat(document.primaryTerm()).isEqualTo(2);
    assertThat(document.source()).asString(UTF_8).isEqualTo(first);
    assertThat(answer.items().get(1).document().source()).asString(UTF_8).isEqualTo(second);
    assertThat(answer.items().get(2).document().source()).isNull();
    assertThat(answer.sourceBytes())
        .isEqualTo(first.getBytes(UTF_8).length + second.getBytes(UTF_8).length);
  }

  @Test
  void anErrorIsNotAMissingDocument() throws IOException {
    DocumentAnswer answer =
        read(
            """
            {"docs": [{"_id": "a", "found": false},
              {"_id": "b", "error": {"type": "t", "reason": "r", "root_cause": [{"type": "u"}]}},
              {"_id": "c", "found": true, "_source": {}}]}
            """);

    assertThat(answer.items()).extracting(Item::found).containsExactly(false, false, true);
    assertThat(answer.items())
        .extracting(item -> item.error().isMissingNode())
        .containsExactly(true, false, true);
    assertThat(Failures.ofRead(answer.items().get(1).error()))
        .isEqualTo(new DocumentReader.Unknown(WriteResult.Scope.SERVER, "t: r"));
  }

  @Test
  void whatIsNoAnswerFails() {
    assertThatThrownBy(() -> read("<html>a proxy</html>")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("{\"hits\":{\"hits\":[{\"_id\":\"a\",\"_sour"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(IOException.class);
  }
}
