package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class CassandraYamlTest {
  private static final CassandraPorts PORTS = new CassandraPorts(1, 2, List.of(3));
  private static final BigInteger RING = BigInteger.TWO.pow(64);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void nodesShareTheRingEqually(int nodes) {
    TreeSet<BigInteger> tokens = new TreeSet<>();
    for (int node = 0; node < nodes; node++) {
      String text = (String) yaml(spec().nodes(nodes), node).get("initial_token");
      for (String token : List.of(text.split(",", -1))) {
        assertThat(tokens.add(new BigInteger(token))).isTrue();
      }
    }
    assertThat(tokens).hasSize(4 * nodes);
    BigInteger step = RING.divide(BigInteger.valueOf(4L * nodes));
    BigInteger previous = null;
    for (BigInteger token : tokens) {
      assertThat(token.bitLength()).isLessThan(64);
      if (previous != null) {
        assertThat(token.subtract(previous).subtract(step).abs()).isLessThan(BigInteger.TWO);
      }
      previous = token;
    }
  }

  @Test
  void namesAreThoseOfTheVersion() {
    assertThat(yaml(spec(), 0))
        .containsEntry("commitlog_sync_period", "10000ms")
        .doesNotContainKey("commitlog_sync_period_in_ms");
    assertThat(yaml(spec().version("4.0.18"), 0))
        .containsEntry("commitlog_sync_period_in_ms", 10_000)
        .doesNotContainKey("commitlog_sync_period");
  }

  @Test
  void configReplacesDefaults() {
    assertThat(yaml(spec().config("auto_snapshot", true).config("x", Map.of("y", 1)), 0))
        .containsEntry("auto_snapshot", true)
        .containsEntry("x", Map.of("y", 1));
    assertThat(yaml(spec().config("commitlog_sync", "batch"), 0))
        .containsEntry("commitlog_sync", "batch")
        .doesNotContainKey("commitlog_sync_period");
  }

  private static CassandraSpec spec() {
    return LocalServers.cassandra();
  }

  private static Map<String, Object> yaml(CassandraSpec spec, int node) {
    return new Yaml().load(CassandraYaml.of(spec, PORTS, node, Path.of("/node")));
  }
}
