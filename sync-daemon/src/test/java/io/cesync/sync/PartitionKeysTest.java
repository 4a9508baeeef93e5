package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.row.RowKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Its collections, which are small for one key, are as those of the JDK for many. */
class PartitionKeysTest {

  @Property(tries = 200)
  void keysAreAsInAMap(@ForAll long seed) {
    Random random = new Random(seed);
    KeyMap keys = new KeyMap();
    Map<RowKey, Pending> expected = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      RowKey key = Keys.row(1, random.nextInt(4));
      Pending there = expected.get(key);
      if (there == null) {
        Pending added = new Pending(key);
        assertThat(keys.remove(added)).isFalse();
        keys.add(added);
        expected.put(key, added);
      } else {
        assertThat(keys.remove(new Pending(key))).as("another of the same key").isFalse();
        assertThat(keys.remove(there)).isTrue();
        expected.remove(key);
      }
      assertThat(keys.keys()).containsExactlyInAnyOrderElementsOf(expected.keySet());
      assertThat(keys.isEmpty()).isEqualTo(expected.isEmpty());
      expected.forEach((each, pending) -> assertThat(keys.get(each)).isSameAs(pending));
    }
  }

  @Property(tries = 200)
  void rowsComeInTheirOrder(@ForAll long seed) {
    Random random = new Random(seed);
    DueRows rows = new DueRows();
    Deque<Pending> expected = new ArrayDeque<>();
    for (int i = 0; i < 40; i++) {
      if (expected.isEmpty() || random.nextBoolean()) {
        Pending added = new Pending(Keys.row(1, i));
        rows.addLast(added);
        expected.addLast(added);
      } else {
        assertThat(rows.removeFirst()).isSameAs(expected.removeFirst());
      }
      assertThat(rows.isEmpty()).isEqualTo(expected.isEmpty());
    }
  }
}
