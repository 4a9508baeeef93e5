package io.cesync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":null} | {} | true",
        "{\"a\":7,\"b\":[1]} | {\"b\":[1.0],\"a\":7.0} | true",
        "{\"a\":{\"b\":null,\"c\":1}} | {\"a\":{\"c\":1}} | true",
        "{\"a\":7} | {\"a\":7.5} | false",
        "{\"a\":7} | {\"a\":\"7\"} | false",
        "{\"a\":7} | {} | false",
        "[1,2] | [2,1] | false",
        "[1] | [1,2] | false"
      })
  void jsonIsTheSameIfItMeansTheSame(String one, String other, boolean same)
      throws JsonProcessingException {
    assertThat(Meaning.isSame(JSON.readTree(one), JSON.readTree(other))).isEqualTo(same);
    assertThat(Meaning.isSame(JSON.readTree(other), JSON.readTree(one))).isEqualTo(same);
  }
}
