package io.cesync.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampFieldTest {

  private static final String NAME = TimestampField.USUAL;

  private static JsonNode mapping(String type, String format) {
    ObjectNode mapping = JsonNodeFactory.instance.objectNode();
    ObjectNode field = mapping.putObject("properties").putObject(NAME);
    if (type != null) {
      field.put("type", type);
    }
    if (format != null) {
      field.put("format", format);
    }
    return mapping;
  }

  private static OptionalLong of(String type, String format, String document) throws IOException {
    return TimestampField.of(NAME, mapping(type, format)).of(document.getBytes(UTF_8));
  }

  @Property
  void whatIsStampedComesBack(@ForAll @LongRange(min = 0, max = 9_000_000_000_000_000L) long micros)
      throws IOException {
    for (String type : new String[] {"date_nanos", "date", "long"}) {
      TimestampField field = TimestampField.of(NAME, mapping(type, null));
      byte[] stamped = field.stamp("{\"k\":1,\"m\":{\"a\":[1]}}".getBytes(UTF_8), micros);
      assertThat(field.of(stamped)).hasValue(micros);
      assertThat(new String(stamped, UTF_8))
          .startsWith("{\"k\":1,\"m\":{\"a\":[1]},\"_timestamp\":");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2021-01-01T00:00:00.123456789Z\"', 1609459200123456",
    "'\"2021-01-01T02:00:00+02:00\"', 1609459200000000",
    "'\"2021-01-01T02:00:00.000+0200\"', 1609459200000000",
    "'\"2021-01-01T00:00:00\"', 1609459200000000",
    "'\"2021-01-01T00:00\"', 1609459200000000",
    "'\"2021-01-01\"', 1609459200000000",
    "'\"2021\"', 1609459200000000",
    "1609459200123, 1609459200123000",
    "1609459200123.5, 1609459200123500",
    "1.609459200123E12, 1609459200123000",
    "'\"1609459200123\"', 1609459200123000",
    "1609459200123456, 1609459200123456",
    "'[\"2020-01-01\",\"2021-01-01\",1577836800000]', 1609459200000000",
  })
  void everyFormIsRead(String value, long micros) throws IOException {
    String document = "{\"a\":{\"_timestamp\":5},\"_timestamp\":" + value + "}";
    for (String type : new String[] {null, "date", "date_nanos", "keyword"}) {
      assertThat(of(type, null, document)).as("as %s", type).hasValue(micros);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "date, epoch_second, 1609459200, 1609459200000000, 1609459200",
    "date, epoch_second, '\"1609459200.25\"', 1609459200250000, 1609459200",
    "date, epoch_millis, 1609459200123, 1609459200123000, 1609459200123",
    "date, strict_date_time, '\"2021-01-01T00:00:00.1Z\"', 1609459200100000, '\"2021-01-01T00:00:00.100Z\"'",
    "date, date_time_no_millis, '\"2021-01-01T00:00:00Z\"', 1609459200000000, '\"2021-01-01T00:00:00Z\"'",
    "date, basic_date_time, '\"20210101T000000.123Z\"', 1609459200123000, '\"20210101T000000.123Z\"'",
    "date, yyyy-MM-dd HH:mm:ss.SSS, '\"2021-01-01 00:00:00.123\"', 1609459200123000, '\"2021-01-01 00:00:00.123\"'",
    "date, yyyy/MM/dd||epoch_millis, 1609459200123, 1609459200123000, '\"2021/01/01\"'",
    "date, yyyy/MM/dd||epoch_millis, '\"2021/01/01\"', 1609459200000000, '\"2021/01/01\"'",
    "date_nanos, strict_date_optional_time_nanos, '\"2021-01-01T00:00:00.123456Z\"', 1609459200123456, '\"2021-01-01T00:00:00.123456Z\"'",
    "long, , 1609459200123456, 1609459200123456, 1609459200123456",
  })
  void theMappingsFormatIsReadAndWritten(
      String type, String format, String value, long micros, String written) throws IOException {
    assertThat(TimestampField.problem(NAME, mapping(type, format), true)).isEmpty();
    assertThat(of(type, format, "{\"_timestamp\":" + value + "}")).hasValue(micros);
    TimestampField field = TimestampField.of(NAME, mapping(type, format));
    assertThat(new String(field.stamp("{\"k\":1}".getBytes(UTF_8), micros), UTF_8))
        .isEqualTo("{\"k\":1,\"_timestamp\":" + written + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"week_date", "strict_ordinal_date_time", "HH:mm:ss", "bbbb", "uuuu-MM"})
  void aFormatWithoutADayIsRefused(String format) {
    assertThat(TimestampField.problem(NAME, mapping("date", format), false)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"_timestamp\":null}",
        "{\"_timestamp\":\"soon\"}",
        "{\"_timestamp\":{\"a\":1}}",
        "{\"_timestamp\":[]}",
        "{\"_timestamp\":1e999999999}",
        "[1]"
      })
  void whatCannotBeReadIsNone(String document) throws IOException {
    assertThat(of("date_nanos", null, document)).isEmpty();
  }

  @Test
  void changesAreSeenByTimesOnly() {
    assertThat(TimestampField.problem(NAME, mapping("keyword", null), true)).isPresent();
    assertThat(TimestampField.problem(NAME, mapping("keyword", null), false)).isEmpty();
    assertThat(TimestampField.problem("other", mapping("date", null), true)).isPresent();
    assertThat(TimestampField.problem("other", mapping("date", null), false)).isEmpty();
  }
}
