package io.cesync.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.document.Bisection.Gap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BisectionTest {

  /** Both sides of a search, and what it took. */
  private static final class Sides {
    final long[] expected;
    final long[] found;
    final Set<Long> missing = new TreeSet<>();
    int requests;
    int listings;
    long listed;

    Sides(long[] expected, Set<Long> gone) {
      this.expected = expected;
      this.found = Arrays.stream(expected).filter(number -> !gone.contains(number)).toArray();
    }

    private static long count(long[] numbers, SeqNoRange range) {
      return (long) first(numbers, range.to() + 1) - first(numbers, range.from());
    }

    /** Where a number is, or would be. */
    private static int first(long[] numbers, long number) {
      int at = Arrays.binarySearch(numbers, number);
      return at < 0 ? -at - 1 : at;
    }

    private long[] counts(long[] numbers, List<SeqNoRange> ranges) {
      requests++;
      assertThat(ranges).hasSizeBetween(1, Bisection.MOST_RANGES);
      for (int i = 1; i < ranges.size(); i++) {
        assertThat(ranges.get(i).from()).isGreaterThan(ranges.get(i - 1).to());
      }
      return ranges.stream().mapToLong(range -> count(numbers, range)).toArray();
    }

    private boolean look(List<Gap> gaps) {
      listings++;
      listed += gaps.stream().mapToLong(Gap::expected).sum();
      assertThat(gaps).hasSizeBetween(1, Bisection.MOST_RANGES);
      assertThat(gaps.stream().mapToLong(Gap::expected).sum())
          .isLessThanOrEqualTo(Bisection.LISTED_AT_A_TIME);
      for (Gap gap : gaps) {
        Set<Long> there = new TreeSet<>();
        Arrays.stream(found, first(found, gap.range().from()), first(found, gap.range().to() + 1))
            .forEach(there::add);
        int from = first(expected, gap.range().from());
        Arrays.stream(expected, from, first(expected, gap.range().to() + 1))
            .filter(number -> !there.contains(number))
            .forEach(number -> assertThat(missing.add(number)).isTrue());
      }
      return true;
    }

    void search(SeqNoRange range, ExecutorService elsewhere) {
      new Bisection(
              ranges -> answer(elsewhere, counts(expected, ranges)),
              ranges -> answer(elsewhere, counts(found, ranges)),
              gaps -> CompletableFuture.completedFuture(look(gaps)))
          .run(new Gap(range, count(expected, range), count(found, range)))
          .toCompletableFuture()
          .join();
    }

    private static <T> CompletionStage<T> answer(ExecutorService elsewhere, T value) {
      return elsewhere == null
          ? CompletableFuture.completedFuture(value)
          : CompletableFuture.supplyAsync(() -> value, elsewhere);
    }
  }

  private static long[] numbers(Random random, int documents, long upTo) {
    Set<Long> numbers = new TreeSet<>();
    while (numbers.size() < documents) {
      numbers.add((long) (random.nextDouble() * (upTo + 1)));
    }
    return numbers.stream().mapToLong(number -> number).toArray();
  }

  private static Set<Long> some(Random random, long[] numbers, int count) {
    Set<Long> some = new TreeSet<>();
    while (some.size() < count) {
      some.add(numbers[random.nextInt(numbers.length)]);
    }
    return some;
  }

  @Property(tries = 300)
  void findsExactlyWhatIsMissingForThePriceOfThat(@ForAll long seed) {
    Random random = new Random(seed);
    int documents = 1 + random.nextInt(1 << random.nextInt(1, 16));
    // Each document was written once, or so often that few of the numbers are left.
    long upTo = documents * (1L << random.nextInt(1, 20));
    long[] numbers = numbers(random, documents, upTo);
    int gone = random.nextInt(documents + 1) >> random.nextInt(16);
    Set<Long> missing = some(random, numbers, gone);
    Sides sides = new Sides(numbers, missing);

    sides.search(new SeqNoRange(0, upTo), null);

    assertThat(sides.missing).isEqualTo(missing);
    int levels = (int) Math.ceil(Math.log((double) upTo + 1) / Math.log(Bisection.PARTS)) + 1;
    assertThat(sides.requests).isLessThanOrEqualTo(2 * gone * levels);
    assertThat(sides.listed).isLessThanOrEqualTo((long) gone * Bisection.LISTED);
  }

  @Test
  void theCostOfAFewHardlyGrowsWithTheWhole() {
    List<Integer> requests = new ArrayList<>();
    for (int documents : List.of(10_000, 100_000, 1_000_000)) {
      Random random = new Random(7);
      long[] numbers = numbers(random, documents, documents * 2L);
      Sides sides = new Sides(numbers, some(random, numbers, 10));
      sides.search(new SeqNoRange(0, documents * 2L), null);
      assertThat(sides.missing).hasSize(10);
      requests.add(sides.requests);
    }
    assertThat(requests.get(0)).isBetween(2, 6);
    assertThat(requests.get(2)).isLessThanOrEqualTo(requests.get(0) + 4);
  }

  @Test
  void aTenthOfAMillionTakesFewRequests() {
    Random random = new Random(3);
    long[] numbers = numbers(random, 1_000_000, 2_000_000);
    Set<Long> missing = some(random, numbers, 100_000);
    Sides sides = new Sides(numbers, missing);

    sides.search(new SeqNoRange(0, 2_000_000), null);

    assertThat(sides.missing).isEqualTo(missing);
    assertThat(sides.requests).isLessThan(100);
    assertThat(sides.listings).isLessThan(1_000);
  }

  @Test
  void answersMayComeLater() throws Exception {
    ExecutorService elsewhere = Executors.newFixedThreadPool(2);
    try {
      Random random = new Random(5);
      long[] numbers = numbers(random, 50_000, 90_000);
      Set<Long> missing = some(random, numbers, 500);
      Sides sides = new Sides(numbers, missing);

      sides.search(new SeqNoRange(0, 90_000), elsewhere);

      assertThat(sides.missing).isEqualTo(missing);
    } finally {
      elsewhere.shutdownNow();
    }
  }

  @Test
  void endsWhenToldSo() {
    Random random = new Random(5);
    long[] numbers = numbers(random, 100_000, 100_000_000);
    Sides sides = new Sides(numbers, some(random, numbers, 50_000));
    List<Integer> calls = new ArrayList<>();
    SeqNoRange all = new SeqNoRange(0, 100_000_000);

    new Bisection(
            ranges -> CompletableFuture.completedFuture(sides.counts(sides.expected, ranges)),
            ranges -> CompletableFuture.completedFuture(sides.counts(sides.found, ranges)),
            gaps -> {
              calls.add(gaps.size());
              return CompletableFuture.completedFuture(calls.size() < 3);
            })
        .run(new Gap(all, 100_000, 50_000))
        .toCompletableFuture()
        .join();

    assertThat(calls).hasSize(3);
  }

  @Test
  void aFailureOfACountEndsItWithThat() {
    CompletableFuture<Void> ended =
        new Bisection(
                ranges -> CompletableFuture.failedFuture(new IllegalStateException("away")),
                ranges -> CompletableFuture.completedFuture(new long[ranges.size()]),
                gaps -> CompletableFuture.completedFuture(true))
            .run(new Gap(new SeqNoRange(0, 1_000_000), 1_000, 999))
            .toCompletableFuture();

    assertThat(ended).isCompletedExceptionally();
    assertThat(ended.handle((done, failure) -> failure).join())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("away");
  }

  @Test
  void theWholeRangeOfNumbersCanBeDivided() {
    Sides sides =
        new Sides(
            new long[] {0, 5, Long.MAX_VALUE - 2, Long.MAX_VALUE - 1},
            Set.of(5L, Long.MAX_VALUE - 2));

    sides.search(new SeqNoRange(0, Long.MAX_VALUE - 1), null);

    assertThat(sides.missing).containsExactly(5L, Long.MAX_VALUE - 2);
  }
}
