package io.cesync.demo;

import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a random write is made of, as CQL literals. Confined to one thread. */
final class Choice {
  /** Some that want care: empty, quotes, a line break, beyond ASCII, beyond 16 bits. */
  private static final String[] WORDS = {
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "",
    "it's",
    "\"quoted\"",
    "two\nlines",
    "naïve",
    "ひらがな",
    "𝄞 clef",
    "tab\t",
    "back\\slash"
  };

  private final Random random;

  Choice(Random random) {
    this.random = random;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  @SafeVarargs
  final <T> T of(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** A position in {@code weights}, each as probable as it weighs. */
  int weighted(int... weights) {
    int point = random.nextInt(IntStream.of(weights).sum());
    int position = 0;
    while (point >= weights[position]) {
      point -= weights[position++];
    }
    return position;
  }

  String text() {
    return "'" + word().replace("'", "''") + "'";
  }

  /** The same without CQL's quotes. */
  String word() {
    return of(WORDS);
  }

  String decimal() {
    return (random.nextInt(2_000_000) - 1_000_000) + "." + random.nextInt(100);
  }

  String nullOr(Supplier<String> value) {
    return chance(0.15) ? "null" : value.get();
  }

  /** Up to three elements, in the given brackets. */
  String elements(String open, Supplier<String> element, String close) {
    return IntStream.range(0, below(4))
        .mapToObj(i -> element.get())
        .distinct()
        .collect(Collectors.joining(", ", open, close));
  }
}
