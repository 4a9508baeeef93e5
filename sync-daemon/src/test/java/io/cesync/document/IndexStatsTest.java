package io.cesync.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cesync.document.IndexStats.Shard;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class IndexStatsTest {

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  private static String copy(boolean primary, long highest, long checkpoint) {
    return """
        {'routing': {'primary': %s}, 'commit': {'user_data': {'history_uuid': 'h'}},
         'seq_no': {'max_seq_no': %d, 'local_checkpoint': 99, 'global_checkpoint': %d}}
        """
        .formatted(primary, highest, checkpoint);
  }

  @Test
  void primariesAreTakenAtTheirWord() throws IOException {
    JsonNode answer =
        json(
            "{'_shards': {'failed': 0}, 'indices': {'real': {'uuid': 'u', 'shards': {"
                + ("'0': [" + copy(false, 8, 3) + "," + copy(true, 9, 7) + "],")
                + ("'1': [" + copy(false, 4, 4) + "]}}}}"));

    IndexStats stats = IndexStats.of("alias", answer);

    assertThat(stats.index()).isEqualTo("real");
    assertThat(stats.uuid()).isEqualTo("u");
    // The other shard has lost its primary.
    assertThat(stats.shards()).hasSize(1).containsEntry(0, new Shard("h", 9, 7));
    assertThat(stats.continuity(new ShardPosition("u", 0, "h", 5))).isEqualTo(Continuity.GOES_ON);
    assertThat(stats.continuity(new ShardPosition("u", 1, "h", 5)))
        .isEqualTo(Continuity.OTHER_INDEX);
  }

  @Test
  void whatIsNotAllOfOneIndexFails() {
    assertThatThrownBy(() -> IndexStats.of("a", json("{'_shards': {'failed': 1}, 'indices': {}}")))
        .isInstanceOf(ShardsMissingException.class);
    assertThatThrownBy(
            () -> IndexStats.of("a", json("{'indices': {'i': {'uuid': 'u'}, 'j': {'uuid': 'v'}}}")))
        .isInstanceOf(ShardsMissingException.class)
        .hasMessageContaining("2 indices");
    String recovering = "{'indices': {'i': {'shards': {'0': [{'routing': {'primary': true}}]}}}}";
    assertThatThrownBy(() -> IndexStats.of("i", json(recovering)))
        .isInstanceOf(ShardsMissingException.class);
  }
}
