package io.cesync.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cesync.document.WriteResult.Conflict;
import io.cesync.document.WriteResult.Rejected;
import io.cesync.document.WriteResult.Retry;
import io.cesync.document.WriteResult.Scope;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

  private static JsonNode error(String type, String reason) {
    try {
      return new ObjectMapper()
          .readTree("{\"type\":\"%s\",\"reason\":\"%s\"}".formatted(type, reason));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void aConflictTellsTheVersionThatIsThere() {
    String reason =
        "[7]: version conflict, current version [1700000000000001] is higher than the one provided [17]";

    assertThat(Failures.ofItem(409, error("version_conflict_engine_exception", reason)))
        .isEqualTo(new Conflict(OptionalLong.of(1700000000000001L)));
    assertThat(Failures.ofItem(409, error("version_conflict_engine_exception", "reworded")))
        .isEqualTo(new Conflict(OptionalLong.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "429, es_rejected_execution_exception",
    "429, rejected_execution_exception",
    "429, circuit_breaking_exception",
    "503, unavailable_shards_exception",
    "503, no_shard_available_action_exception",
    "500, unheard_of_exception",
    "500, illegal_state_exception",
  })
  void whatTheServerMayTakeLaterIsRepeated(int status, String type) {
    assertThat(Failures.ofItem(status, error(type, "r")))
        .isEqualTo(new Retry(Scope.SERVER, type + ": r", false));
  }

  @ParameterizedTest
  @CsvSource({
    "403, cluster_block_exception",
    "429, cluster_block_exception",
    "400, index_closed_exception",
    "404, index_not_found_exception",
    "403, security_exception",
  })
  void whatConcernsTheIndexAloneKeepsOnlyThatWaiting(int status, String type) {
    assertThat(Failures.ofItem(status, error(type, "r")))
        .isEqualTo(new Retry(Scope.INDEX, type + ": r", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mapper_parsing_exception",
        "document_parsing_exception",
        "strict_dynamic_mapping_exception",
        "illegal_argument_exception",
        "routing_missing_exception",
      })
  void whatTheDocumentIsRefusedForIsForGood(String type) {
    assertThat(Failures.ofItem(400, error(type, "r"))).isEqualTo(new Rejected(type + ": r"));
  }

  @Test
  void causesAreToldOnce() throws IOException {
    JsonNode error =
        new ObjectMapper()
            .readTree(
                """
                {"type": "document_parsing_exception", "reason": "failed to parse [w]",
                 "caused_by": {"type": "illegal_argument_exception", "reason": "no date",
                   "caused_by": {"type": "date_time_parse_exception", "reason": "no date"}}}
                """);

    assertThat(Failures.text(error, 400))
        .isEqualTo(
            "document_parsing_exception: failed to parse [w]; illegal_argument_exception: no date");
    assertThat(Failures.text(MissingNode.getInstance(), 418)).isEqualTo("status 418");
  }
}
