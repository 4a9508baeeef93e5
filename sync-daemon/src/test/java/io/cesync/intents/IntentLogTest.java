package io.cesync.intents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import io.cesync.state.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntentLogTest {

  @TempDir private Path folder;

  private static Intent intent(String table, int key) {
    LedgerEntry entry =
        new LedgerEntry(
            "id" + key, null, new Place("era", 0, key, 1), key, Map.of("a \"\n", -1L), 5);
    String text = "{\"k\":" + key + "}";
    return switch (key % 3) {
      case 0 -> Intent.carry(table, text, entry);
      case 1 -> Intent.delete(table, text, entry.place());
      default -> Intent.write(table, text, entry);
    };
  }

  private IntentLog open() {
    return IntentLog.open(folder.resolve("intents"), 1_000);
  }

  private long files() throws IOException {
    if (!Files.exists(folder.resolve("intents"))) {
      return 0;
    }
    try (Stream<Path> all = Files.list(folder.resolve("intents"))) {
      return all.count();
    }
  }

  private static List<Intent> intents(List<IntentLog.Left> left) {
    return left.stream().map(IntentLog.Left::intent).toList();
  }

  @Test
  void whatWasNotReleasedIsLeftForTheNext() throws IOException {
    try (IntentLog log = open()) {
      log.append(List.of(intent("k.t", 1), intent("k.u", 2)));
      log.append(List.of(intent("k.t", 4)));
    }
    try (IntentLog next = open()) {
      List<IntentLog.Left> left = next.take("k.t");
      assertThat(intents(left)).containsExactly(intent("k.t", 1), intent("k.t", 4));
      assertThat(next.take("k.t")).isEmpty();
      left.forEach(each -> next.release(each.open()));
      assertThat(files()).as("another table's are there yet").isEqualTo(1);

      next.dropRest();
      assertThat(files()).isZero();
    }
  }

  @Test
  void whatWasReleasedLeavesNothingBehind() throws IOException {
    try (IntentLog log = open()) {
      log.append(List.of(intent("k.t", 1), intent("k.t", 2))).forEach(log::release);
    }
    assertThat(files()).isZero();
  }

  /** Most were settled long ago when the process is killed: they say nothing any more. */
  @Test
  void ofAKilledProcessOnlyWhatWasOpenIsLeft() {
    IntentLog killed = open();
    List<IntentLog.Open> opened = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      opened.addAll(killed.append(List.of(intent("k.t", i))));
      if (i != 50) {
        killed.release(opened.get(i));
      }
    }
    try (IntentLog next = open()) {
      assertThat(intents(next.take("k.t")))
          .as("of the last release there is no mark yet")
          .containsExactly(intent("k.t", 50), intent("k.t", 99));
    }
    try (IntentLog another = open()) {
      assertThat(intents(another.take("k.t")))
          .containsExactly(intent("k.t", 50), intent("k.t", 99));
    }
  }

  @Test
  void filesGoAsSoonAsTheirIntentsAreReleased() throws IOException {
    try (IntentLog log = open()) {
      List<IntentLog.Open> opened = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        opened.addAll(log.append(List.of(intent("k.t", i))));
      }
      assertThat(files()).isGreaterThan(10);
      opened.forEach(log::release);
      assertThat(files()).as("the one that is written to").isEqualTo(1);
    }
    assertThat(files()).isZero();
  }

  @Test
  void aTornLineIsPassedOver() throws IOException {
    try (IntentLog log = open()) {
      log.append(List.of(intent("k.t", 1), intent("k.t", 2)));
    }
    Path file = folder.resolve("intents/1.log");
    Files.writeString(file, "+ 3 {\"table\":\"k.t\",\"ke", StandardOpenOption.APPEND);
    try (IntentLog next = open()) {
      List<IntentLog.Left> left = next.take("k.t");
      assertThat(intents(left)).containsExactly(intent("k.t", 1), intent("k.t", 2));
      next.release(left.get(0).open());
      next.append(List.of(intent("k.t", 3)));
    }
    try (IntentLog last = open()) {
      assertThat(intents(last.take("k.t"))).containsExactly(intent("k.t", 2), intent("k.t", 3));
    }
  }

  @Test
  void whereNothingCanBeWrittenNothingIsSent() throws IOException {
    Files.writeString(folder.resolve("intents"), "a file");
    try (IntentLog log = open()) {
      assertThatThrownBy(() -> log.append(List.of(intent("k.t", 1))))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("intents can't be written")
          .hasMessageContaining("has room");
    }
  }

  @Test
  void whatIsLeftInOneLogCanBeLeftInAnother() throws IOException {
    Path other = folder.resolve("other");
    try (IntentLog log = open();
        IntentLog from = IntentLog.open(other, 1_000)) {
      log.append(List.of(intent("k.t", 1)));
      from.append(List.of(intent("k.t", 2), intent("k.u", 3)));
      from.release(from.append(List.of(intent("k.t", 4))).get(0));
    }
    IntentLog.move(other, folder.resolve("intents"));
    IntentLog.move(other, folder.resolve("intents"));
    assertThat(other).doesNotExist();
    try (IntentLog next = open()) {
      List<IntentLog.Left> left = next.take("k.t");
      assertThat(intents(left)).containsExactly(intent("k.t", 1), intent("k.t", 2));
      left.forEach(each -> next.release(each.open()));
      next.dropRest();
    }
    assertThat(files()).isZero();
  }

  @Test
  void aLineThatWasCutInTheMiddleOfACharacterIsPassedOver() throws IOException {
    try (IntentLog log = open()) {
      log.append(List.of(intent("k.t", 1)));
    }
    Path file = folder.resolve("intents/1.log");
    Files.write(file, new byte[] {'+', ' ', '9', ' ', (byte) 0xc3}, StandardOpenOption.APPEND);
    try (IntentLog next = open()) {
      assertThat(intents(next.take("k.t"))).containsExactly(intent("k.t", 1));
    }
  }

  @Test
  void whatWasWrittenIsKnownToBe() {
    IntentLog killed = open();
    List<IntentLog.Open> opened =
        killed.append(List.of(intent("k.t", 2), intent("k.t", 5), intent("k.t", 8)));
    killed.append(List.of(intent("k.u", 1)));
    killed.written(
        List.of(
            new IntentLog.Written(opened.get(0), 70, 3),
            new IntentLog.Written(opened.get(2), 71, 3)));
    killed.release(opened.get(2));
    killed.mark();
    try (IntentLog next = open()) {
      List<IntentLog.Left> left = next.take("k.t");
      assertThat(left).extracting(IntentLog.Left::isWritten).containsExactly(true, false);
      assertThat(left.get(0).intent().written())
          .isEqualTo(intent("k.t", 2).written().at(new Place("era", 0, 70, 3)));
      assertThat(left.get(1).intent()).isEqualTo(intent("k.t", 5));
    }
  }

  /** A number may be cut off, and be another one's then. */
  @Test
  void aTornNumberIsPassedOver() throws IOException {
    try (IntentLog log = open()) {
      for (int key : new int[] {2, 5}) {
        log.append(List.of(intent("k.t", key)));
      }
    }
    Path file = folder.resolve("intents/1.log");
    for (String torn : List.of("= 1 7 1", "- 1", "= 2 7", "= 2")) {
      Files.writeString(file, torn, StandardOpenOption.APPEND);
      for (int i = 0; i < 2; i++) {
        try (IntentLog next = open()) {
          assertThat(next.take("k.t"))
              .as(torn)
              .extracting(IntentLog.Left::isWritten)
              .containsExactly(false, false);
        }
      }
    }
  }
}
