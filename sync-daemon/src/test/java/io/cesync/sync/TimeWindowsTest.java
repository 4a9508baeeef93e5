package io.cesync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.sync.TimeWindows.Purpose;
import io.cesync.sync.TimeWindows.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TimeWindowsTest {

  private static final long LATE = 60_000_000;
  private static final long START = 1_000_000_000_000L;

  /** A document with its time, and when it can be found. */
  private static final class Document {
    final long time;
    final long visible;
    int reads;
    boolean seen;

    Document(long time, long visible) {
      this.time = time;
      this.visible = visible;
    }
  }

  private static void read(List<Window> windows, List<Document> documents, long now, boolean kept) {
    for (Window window : windows) {
      for (Document document : documents) {
        if (document.visible <= now
            && window.from() <= document.time
            && document.time < window.to()) {
          document.reads++;
          document.seen |= kept;
        }
      }
    }
  }

  /**
   * Documents of any lateness up to the late window, and of any time ahead; looks after any time,
   * of which some fail; and restarts from the position.
   */
  @Property(tries = 200)
  void everyDocumentIsSeen(
      @ForAll long seed,
      @ForAll @IntRange(min = 50, max = 5_000) int between,
      @ForAll @IntRange(max = 40) int failing) {
    Random random = new Random(seed);
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      long written = START + random.nextLong(120_000_000);
      boolean late = random.nextInt(3) == 0;
      long visible = written + random.nextLong(late ? LATE - 1_000_000 : 50_000);
      long time = random.nextInt(10) == 0 ? written + random.nextLong(100_000_000) : written;
      documents.add(new Document(time, visible));
    }
    TimeWindows windows = new TimeWindows(LATE, START);
    long now = START;
    while (now < START + 400_000_000) {
      now += 1 + random.nextLong(between * 2_000L);
      List<Window> due = windows.due(now);
      boolean fails = random.nextInt(100) < failing;
      read(due, documents, now, !fails);
      if (!fails) {
        windows.done(due, now, random.nextLong(100_000));
        long position = windows.position();
        assertThat(position).isLessThanOrEqualTo(Math.max(START, now - LATE));
        if (position > START) {
          assertThat(documents)
              .filteredOn(d -> d.time < position && d.visible <= d.time + LATE)
              .allMatch(d -> d.seen);
        }
      } else if (random.nextInt(10) == 0) {
        windows = new TimeWindows(LATE, windows.position());
      }
    }
    assertThat(documents).allMatch(d -> d.seen);
  }

  @Test
  void eachIsReadAFewTimesHoweverOftenOneLooks() {
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      long time = START + i * 50_000L;
      documents.add(new Document(time, time + 5_000));
    }
    TimeWindows windows = new TimeWindows(LATE, START);
    for (long now = START; now < START + 300_000_000; now += 50_000) {
      List<Window> due = windows.due(now);
      read(due, documents, now, true);
      windows.done(due, now, 1_000);
    }
    assertThat(documents).allMatch(d -> d.seen && d.reads <= 8, "read at most eight times");
  }

  @Test
  void whatIsFarAheadIsReadForASmallPartOfTheTimeOnly() {
    TimeWindows windows = new TimeWindows(LATE, START);
    long ahead = 0;
    for (long now = START; now < START + 1_000_000_000; now += 50_000) {
      List<Window> due = windows.due(now);
      if (due.stream().anyMatch(w -> w.purpose() == Purpose.AHEAD)) {
        ahead += 15_000_000;
      }
      windows.done(due, now, 15_000_000);
    }
    assertThat(ahead).isBetween(15_000_000L, 60_000_000L);
  }

  @Test
  void afterAPauseTheWholeOfItIsReadOnce() {
    TimeWindows windows = new TimeWindows(LATE, START);
    long now = START + 10 * LATE;
    List<Window> due = windows.due(now);
    assertThat(due).filteredOn(w -> w.purpose() == Purpose.NEW).hasSize(1);
    assertThat(due).filteredOn(w -> w.purpose() == Purpose.LATE).isEmpty();
    windows.done(due, now, 0);
    assertThat(windows.position()).isEqualTo(now - LATE);
  }
}
