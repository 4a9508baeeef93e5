package io.cesync.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.document.LedgerNumbers.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class VanishedSearchTest {

  private static final Entry A3 = new Entry("a", null, 0, 3);
  private static final Entry B3 = new Entry("b", null, 0, 3);
  private static final Entry C4 = new Entry("c", "r", 0, 4);

  @Test
  void aNumberThatIsThereAsOftenAsKnownIsNotMissing() {
    List<Entry> known = List.of(C4, A3, B3);

    assertThat(VanishedSearch.without(known, new long[] {3, 3, 4})).isEmpty();
    assertThat(VanishedSearch.without(known, new long[] {3, 3})).containsExactly(C4);
    assertThat(VanishedSearch.without(known, new long[] {3, 4, 5})).containsExactly(A3, B3);
    assertThat(VanishedSearch.without(known, new long[0])).containsExactly(A3, B3, C4);
    assertThat(VanishedSearch.without(List.of(), new long[] {1})).isEmpty();
  }
}
