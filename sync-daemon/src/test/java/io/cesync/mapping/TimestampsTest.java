package io.cesync.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  private static OptionalLong of(String document) throws IOException {
    return Timestamps.of(document.getBytes(UTF_8));
  }

  @Property
  void whatIsStampedComesBack(@ForAll @LongRange(min = 0, max = 9_000_000_000_000_000L) long micros)
      throws IOException {
    byte[] stamped = Timestamps.stamp("{\"k\":1,\"m\":{\"a\":[1]}}".getBytes(UTF_8), micros);
    assertThat(Timestamps.of(stamped)).hasValue(micros);
    assertThat(new String(stamped, UTF_8)).startsWith("{\"k\":1,\"m\":{\"a\":[1]},\"_timestamp\":");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2021-01-01T00:00:00.123456789Z\"', 1609459200123456",
    "'\"2021-01-01T02:00:00+02:00\"', 1609459200000000",
    "'\"2021-01-01T00:00:00\"', 1609459200000000",
    "'\"2021-01-01\"', 1609459200000000",
    "1609459200123, 1609459200123000",
    "'\"1609459200123\"', 1609459200123000",
    "1609459200123456, 1609459200123456",
  })
  void everyFormIsRead(String value, long micros) throws IOException {
    assertThat(of("{\"a\":{\"_timestamp\":5},\"_timestamp\":" + value + "}")).hasValue(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"_timestamp\":null}", "{\"_timestamp\":\"soon\"}", "[1]"})
  void whatCannotBeReadIsNone(String document) throws IOException {
    assertThat(of(document)).isEmpty();
  }
}
