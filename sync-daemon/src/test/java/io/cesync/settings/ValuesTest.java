package io.cesync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "50ms, PT0.05S",
    "1s, PT1S",
    "60s, PT1M",
    "10m, PT10M",
    "12h, PT12H",
    "7d, P7D",
    "0s, PT0S"
  })
  void durationsHaveAUnit(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "1S", "1w", "9999999999999s"})
  void nothingElseIsADuration(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
  }

  @Property
  void durationsComeBack(@ForAll @LongRange(min = 0, max = 999_999_999_999L) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }

  @Property
  void sizesComeBack(@ForAll @LongRange(min = 0, max = 999_999_999L) long bytes) {
    ByteSize size = new ByteSize(bytes);
    assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({"500B, 500", "64KiB, 65536", "5MiB, 5242880", "2GiB, 2147483648"})
  void sizesHaveAUnit(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5MB", "5 MiB", "-1B", "1.5MiB"})
  void nothingElseIsASize(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, 9042",
    "a.b:1, a.b, 1",
    "[::1]:5, ::1, 5",
    "[::1], ::1, 9042",
    "10.0.0.1:65535, 10.0.0.1, 65535"
  })
  void hostsMayHaveAPort(String text, String host, int port) {
    HostPort hostPort = HostPort.parse(text, 9042);
    assertThat(hostPort).isEqualTo(new HostPort(host, port));
    assertThat(HostPort.parse(hostPort.toString(), 1)).isEqualTo(hostPort);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:", "a:0", "a:65536", "a:b", "::1", "a b", "http://a"})
  void nothingElseIsAHost(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text, 9042));
  }

  @ParameterizedTest
  @CsvSource({"ks.t, ks, t", "'\"Ks\".t', Ks, t", "k1.\"T_1\", k1, T_1"})
  void tablesHaveAKeyspace(String text, String keyspace, String table) {
    TableName name = TableName.parse(text);
    assertThat(name).isEqualTo(new TableName(keyspace, table));
    assertThat(TableName.parse(name.toString())).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t", "a.b.c", "Ks.t", "ks.t-1", "1ks.t", "ks.\"a b\"", "ks."})
  void nothingElseIsATable(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TableName.parse(text));
  }
}
