package io.cesync.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionMarkTest {

  @ParameterizedTest
  @CsvSource({
    "'{\"k\":1,\"gone\":true}', true",
    "'{\"gone\":\"true\",\"k\":1}', true",
    "'{\"k\":1,\"gone\":false}', false",
    "'{\"k\":1,\"gone\":\"false\"}', false",
    "'{\"k\":1,\"gone\":null}', false",
    "'{\"k\":1,\"gone\":1}', false",
    "'{\"k\":{\"gone\":true}}', false",
    "'{\"k\":1}', false",
    "'[true]', false",
  })
  void isOnIfItIsTrue(String document, boolean on) throws IOException {
    assertThat(new DeletionMark("gone").isOn(document.getBytes(UTF_8))).isEqualTo(on);
  }
}
