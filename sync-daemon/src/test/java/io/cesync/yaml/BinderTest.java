package io.cesync.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BinderTest {
  record Pair(String left, Optional<Integer> right) {}

  record Everything(
      @Declared(text = "t", byDefault = "[1, 2]") List<Integer> numbers,
      @Declared(text = "t", byDefault = "{}") Map<String, Object> free,
      @Declared(text = "t", byDefault = "true") boolean flag,
      @Declared(text = "t", byDefault = "5", min = "1", max = "9") long limited,
      Optional<Pair> pair) {}

  private final Problems problems = new Problems("f");

  @Test
  void valuesAreReadByTheTypesOfTheRecord() {
    assertThat(bind("{numbers: [3], flag: false, limited: 9, pair: {left: 0123, right: -1}}"))
        .contains(
            new Everything(
                List.of(3), Map.of(), false, 9, Optional.of(new Pair("0123", Optional.of(-1)))));
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void missingKeysHaveTheirDefaults() {
    assertThat(bind("{}"))
        .contains(new Everything(List.of(1, 2), Map.of(), true, 5, Optional.empty()));
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void whatIsOfAnotherTypeIsAProblemOfItsPlace() {
    bind("numbers: 7\nfree: [x]\nflag: yes\nlimited: 10\npair: {right: 1.5}\n[a]: b\n");

    assertThat(problems.lines())
        .containsExactly(
            "f:1:10 numbers: must be a list, such as [a, b]",
            "f:2:7 free: must be a mapping of keys to values",
            "f:3:7 flag: must be true or false, not \"yes\"",
            "f:4:10 limited: must be between 1 and 9",
            "f:5:7 pair.left: is missing; it must be given",
            "f:5:15 pair.right: must be an integer, such as 100, not \"1.5\"",
            "f:6:1 a key must be plain text");
  }

  @Test
  void anAliasOfItsOwnParentEnds() {
    bind("free: &a {x: *a}\n");

    assertThat(problems.lines()).singleElement().asString().endsWith("is nested too deeply");
  }

  @Test
  void aNumberThatIsTooGreatIsAProblem() {
    bind("numbers: [2147483648, 99999999999999999999]");

    assertThat(problems.lines())
        .containsExactly(
            "f:1:11 numbers[0]: must be between -2147483648 and 2147483647, not \"2147483648\"",
            "f:1:23 numbers[1]: must be an integer, such as 100, not \"99999999999999999999\"");
  }

  @Test
  void whatIsWrittenReadsTheSame() {
    Everything value =
        new Everything(
            List.of(),
            Map.of("a", List.of("1", 1L, true, "2026-01-31T12:00:00.000000Z", "x: #y\n")),
            false,
            1,
            Optional.of(new Pair("true", Optional.empty())));

    assertThat(bind(new YamlWriter(ScalarTypes.basic()).write(value))).contains(value);
    assertThat(problems.isEmpty()).isTrue();
  }

  private Optional<Everything> bind(String yaml) {
    Binder binder = new Binder(ScalarTypes.basic(), UnaryOperator.identity(), Map.of(), problems);
    return binder.bind(Yamls.compose(yaml, problems).orElseThrow(), Everything.class);
  }
}
