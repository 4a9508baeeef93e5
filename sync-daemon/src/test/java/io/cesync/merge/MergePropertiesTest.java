package io.cesync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.row.RowValues;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Changes on both sides, at every step of what brings them together, crashes included. */
class MergePropertiesTest {

  /** How the application stamps what it writes to the index. */
  enum Stamp {
    HONEST,
    STALE,
    NONE;

    OptionalLong of(World world) {
      return switch (this) {
        case HONEST -> OptionalLong.of(world.clock);
        case STALE -> world.index.timestamp();
        case NONE -> OptionalLong.empty();
      };
    }
  }

  private static World agreed() {
    World world = new World();
    world.row.write(
        Map.of("a", Values.of(1), "b", Values.of(1), "s", Values.of(1)), world.clock, true);
    world.row.element(1, true, world.clock);
    world.settle();
    world.clock += 1_000;
    return world;
  }

  /**
   * Runs a flight, and has two things happen before some of its steps (after the last: when it is
   * over), and a crash.
   */
  private static void interleave(
      World world, boolean reads, int crash, int first, Runnable one, int second, Runnable other) {
    World.Flight flight = world.new Flight(reads);
    for (int step = 0; step <= 6; step++) {
      world.clock += 10;
      if (step == first) {
        one.run();
      }
      if (step == second) {
        world.clock += 10;
        other.run();
      }
      if (step == crash) {
        world.attempts = Attempts.NONE;
        flight = world.new Flight(true);
      }
      flight.step();
    }
    world.settle();
  }

  @Property
  void differentColumnsBothStand(
      @ForAll boolean reads,
      @ForAll @IntRange(max = 12) int crash,
      @ForAll @IntRange(max = 6) int inIndex,
      @ForAll @IntRange(max = 6) int inCassandra,
      @ForAll Stamp stamp,
      @ForAll @IntRange(min = -900, max = 900) int skew,
      @ForAll boolean nulls) {
    World world = agreed();
    ByteBuffer value = nulls ? null : Values.of(2);
    Map<String, ByteBuffer> change = new HashMap<>();
    change.put("a", value);
    interleave(
        world,
        reads,
        crash,
        inIndex,
        () -> world.update(change, stamp.of(world)),
        inCassandra,
        () -> world.row.write(Map.of("b", Values.of(3)), world.clock + skew, false));

    assertThat(world.value("a")).isEqualTo(value);
    assertThat(world.value("b")).isEqualTo(Values.of(3));
    assertThat(world.value("s")).isEqualTo(Values.of(1));
    assertThat(world.value("m")).isEqualTo(Values.set(Set.of(1)));
  }

  /**
   * The document was written, but the ledger could not be, and both sides change before the next
   * look: what cesync wrote is no change of the application's, however late that dates its own.
   */
  @Property
  void whatTheLedgerMissesIsNotTakenForAChange(
      @ForAll Stamp stamp,
      @ForAll boolean isNew,
      @ForAll boolean rowDeleted,
      @ForAll @IntRange(max = 900) int later) {
    World world = isNew ? new World() : agreed();
    world.row.write(Map.of("a", Values.of(4), "b", Values.of(4)), world.clock, true);
    World.Flight flight = world.new Flight(true);
    for (int step = 0; step < 4; step++) {
      flight.step();
    }
    world.clock += 10;
    if (rowDeleted) {
      world.row.delete(world.clock);
    } else {
      world.row.write(Map.of("b", Values.of(5)), world.clock, false);
    }
    world.clock += 10 + later;
    world.update(Map.of("a", Values.of(6)), stamp.of(world));
    world.settle();

    assertThat(world.value("b")).isEqualTo(rowDeleted ? null : Values.of(5));
    if (stamp != Stamp.STALE) {
      assertThat(world.value("a")).isEqualTo(Values.of(6));
    }
  }

  /**
   * The document was deleted, but the ledger doesn't know: a new row isn't taken for deleted,
   * though the application's clock is behind.
   */
  @Property
  void whatTheLedgerMissesIsNotTakenForADelete(@ForAll @IntRange(min = 1, max = 9) int behind) {
    World world = new World();
    long written = world.clock;
    world.row.write(Map.of("a", Values.of(1)), written, true);
    world.settle();
    world.row.delete(written + behind);
    World.Flight flight = world.new Flight(true);
    for (int step = 0; step < 4; step++) {
      flight.step();
    }
    assertThat(world.index.exists()).isFalse();
    world.row.write(Map.of("a", Values.of(7)), written + behind + 1, true);
    world.settle();

    assertThat(world.value("a")).isEqualTo(Values.of(7));
  }

  /** Where both changes have a time, and the document's was advanced, it decides. */
  @Property
  void ofOneColumnTheNewerStands(
      @ForAll boolean reads,
      @ForAll @IntRange(max = 12) int crash,
      @ForAll @IntRange(max = 6) int inIndex,
      @ForAll @IntRange(max = 6) int inCassandra,
      @ForAll @IntRange(min = -900, max = 900) int skew,
      @ForAll boolean nullInIndex,
      @ForAll boolean nullInCassandra) {
    World world = agreed();
    long[] times = new long[2];
    AtomicBoolean advanced = new AtomicBoolean();
    Map<String, ByteBuffer> document = new HashMap<>();
    document.put("a", nullInIndex ? null : Values.of(2));
    Map<String, ByteBuffer> row = new HashMap<>();
    row.put("a", nullInCassandra ? null : Values.of(3));
    interleave(
        world,
        reads,
        crash,
        inIndex,
        () -> {
          times[0] = world.clock + skew * 3L / 2;
          advanced.set(times[0] > world.index.timestamp().orElseThrow());
          world.update(document, OptionalLong.of(times[0]));
        },
        inCassandra,
        () -> {
          times[1] = world.clock;
          world.row.write(row, times[1], false);
        });

    if (times[0] != times[1] && advanced.get()) {
      Map<String, ByteBuffer> winner = times[0] > times[1] ? document : row;
      assertThat(world.value("a")).isEqualTo(winner.get("a"));
    }
  }

  /** Without a time, a change is as old as its detection. */
  @Property
  void anUndatedChangeIsAsOldAsItsDetection(
      @ForAll boolean reads,
      @ForAll @IntRange(max = 6) int inIndex,
      @ForAll @IntRange(max = 6) int inCassandra,
      @ForAll boolean stale) {
    World world = agreed();
    long[] changed = new long[2];
    interleave(
        world,
        reads,
        12,
        inIndex,
        () -> {
          changed[0] = world.clock;
          world.update(Map.of("a", Values.of(2)), (stale ? Stamp.STALE : Stamp.NONE).of(world));
        },
        inCassandra,
        () -> {
          changed[1] = world.clock;
          world.row.write(Map.of("a", Values.of(3)), changed[1], false);
        });

    boolean cassandraLast = changed[1] > changed[0];
    boolean detectedBetween =
        world.detections.stream().anyMatch(t -> changed[0] < t && t < changed[1]);
    if (!cassandraLast) {
      assertThat(world.value("a")).isEqualTo(Values.of(2));
    } else if (detectedBetween && reads && inIndex == 0) {
      assertThat(world.value("a")).isEqualTo(Values.of(3));
    } else {
      assertThat(world.value("a")).isIn(Values.of(2), Values.of(3));
    }
  }

  /** What one side adds to a collection and what the other adds both stand. */
  @Property
  void elementsOfBothSidesStand(
      @ForAll @IntRange(max = 12) int crash,
      @ForAll @IntRange(max = 6) int inIndex,
      @ForAll @IntRange(min = 1, max = 900) int later) {
    World world = agreed();
    interleave(
        world,
        true,
        crash,
        inIndex,
        () -> world.update(Map.of("m", Values.set(Set.of(1, 2))), OptionalLong.of(world.clock)),
        inIndex,
        () -> world.row.element(3, true, world.clock + later));

    assertThat(world.value("m")).isEqualTo(Values.set(Set.of(1, 2, 3)));
  }

  /**
   * A soft delete takes what is older, and nothing else; then the document isn't marked any more.
   */
  @Property
  void aMarkDeletesWhatIsOlder(
      @ForAll boolean reads,
      @ForAll @IntRange(max = 12) int crash,
      @ForAll @IntRange(max = 6) int inIndex,
      @ForAll @IntRange(max = 6) int inCassandra,
      @ForAll @IntRange(min = -900, max = 900) int skew,
      @ForAll boolean collection) {
    World world = agreed();
    long[] times = new long[2];
    AtomicBoolean advanced = new AtomicBoolean();
    interleave(
        world,
        reads,
        crash,
        inIndex,
        () -> {
          times[0] = world.clock + skew * 3L / 2;
          advanced.set(times[0] > world.index.timestamp().orElseThrow());
          world.index.mark(OptionalLong.of(times[0]));
        },
        inCassandra,
        () -> {
          times[1] = world.clock;
          if (collection) {
            world.row.element(3, true, times[1]);
          } else {
            world.row.write(Map.of("b", Values.of(3)), times[1], false);
          }
        });

    if (times[0] != times[1] && advanced.get()) {
      RowValues row = world.row.read();
      assertThat(row.present()).isEqualTo(times[1] > times[0]);
      assertThat(row.value("a")).isNull();
      if (row.present()) {
        assertThat(row.value(collection ? "m" : "b"))
            .isEqualTo(collection ? Values.set(Set.of(3)) : Values.of(3));
      }
    }
  }

  /** Without a time it is as old as its detection, after which nothing is deleted any more. */
  @Property
  void anUndatedMarkIsAsOldAsItsDetection(
      @ForAll boolean reads, @ForAll @IntRange(max = 6) int inIndex, @ForAll boolean stale) {
    World world = agreed();
    interleave(
        world,
        reads,
        12,
        inIndex,
        () -> world.index.mark((stale ? Stamp.STALE : Stamp.NONE).of(world)),
        13,
        () -> {});
    assertThat(world.row.read().present()).isFalse();

    world.row.write(Map.of("b", Values.of(3)), world.clock, false);
    world.settle();
    assertThat(world.row.read().present()).isTrue();
  }

  @Property
  void firstSyncTakesTheNewestAndDeletesNothing(@ForAll long seed) {
    Random random = new Random(seed);
    World world = new World();
    Map<String, ByteBuffer> fields = new HashMap<>();
    Map<String, ByteBuffer> expected = new HashMap<>();
    long stamp = world.clock - 500;
    boolean hasRow = random.nextInt(4) > 0;
    if (hasRow) {
      world.row.write(Map.of(), world.clock - 2_000, true);
    }
    for (String column : List.of("a", "b", "s")) {
      ByteBuffer inRow = hasRow && random.nextBoolean() ? Values.of(random.nextInt(3)) : null;
      ByteBuffer inDocument = random.nextBoolean() ? Values.of(random.nextInt(3)) : null;
      long time = stamp + 1 + random.nextInt(100) - (random.nextBoolean() ? 200 : 0);
      if (inRow != null) {
        world.row.write(Map.of(column, inRow), time, false);
      }
      fields.put(column, inDocument);
      boolean rowWins = inDocument == null || (inRow != null && time > stamp);
      expected.put(column, rowWins ? inRow : inDocument);
    }
    boolean hasDocument = !hasRow || random.nextInt(4) > 0;
    if (hasDocument) {
      boolean stamped = random.nextBoolean();
      world.update(fields, stamped ? OptionalLong.of(stamp) : OptionalLong.empty());
      if (!stamped) {
        world.clock = stamp - 10; // the given default, at the flight's first step
      }
    }
    world.settle();

    if (hasDocument) {
      expected.forEach((column, value) -> assertThat(world.value(column)).isEqualTo(value));
    }
    assertThat(world.row.read().present()).isTrue();
  }

  @Property
  void afterACrashOnlyTheLedgerIsCorrected(@ForAll long seed) {
    Random random = new Random(seed);
    World world = agreed();
    if (random.nextBoolean()) {
      world.row.write(
          Map.of("a", Values.of(2)), world.clock - random.nextInt(900), random.nextBoolean());
    } else if (random.nextBoolean()) {
      world.row.element(random.nextInt(2), random.nextBoolean(), world.clock);
    } else {
      world.row.delete(world.clock);
    }
    World.Flight flight = world.new Flight(random.nextBoolean());
    for (int step = 0; step < 4; step++) {
      flight.step();
    }
    List<Integer> before = world.writes();

    world.reconcile();

    assertThat(world.writes().subList(0, 2)).isEqualTo(before.subList(0, 2));
    assertThat(world.ledgerWrites - before.get(2)).isLessThanOrEqualTo(1);
    world.settle();
  }

  /** Not even the crash makes an older value of cesync's own count as a change of the moment. */
  @Property
  void ownWriteThatTheLedgerMissedUndoesNothing(@ForAll boolean nulls, @ForAll boolean wasNull) {
    World world = agreed();
    Map<String, ByteBuffer> first = new HashMap<>();
    first.put("a", wasNull ? null : Values.of(2));
    world.row.write(first, world.clock, false);
    World.Flight flight = world.new Flight(false);
    for (int step = 0; step < 4; step++) {
      flight.step();
    }
    Map<String, ByteBuffer> second = new HashMap<>();
    second.put("a", nulls ? null : Values.of(3));
    world.row.write(second, world.clock, false);
    world.settle();

    assertThat(world.value("a")).isEqualTo(second.get("a"));
  }

  /** Anything at all, at any time: both sides end equal, and then nothing moves any more. */
  @Property(tries = 5_000)
  void everyHistoryEndsEqualAndQuiet(@ForAll long seed) {
    Random random = new Random(seed);
    World world = random.nextBoolean() ? agreed() : new World();
    World.Flight flight = world.new Flight(random.nextBoolean());
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      world.clock += random.nextInt(100);
      switch (random.nextInt(8)) {
        case 0 -> inIndex(world, random);
        case 1 -> inCassandra(world, random);
        case 2 -> flight = world.new Flight(random.nextBoolean());
        default -> {
          if (!flight.step()) {
            flight = world.new Flight(random.nextBoolean());
          }
        }
      }
    }
    world.settle();
    RowValues row = world.row.read();
    assertThat(world.index.exists()).isEqualTo(row.present());
  }

  private static void inIndex(World world, Random random) {
    if (random.nextInt(5) == 0) {
      world.index.delete();
      return;
    } else if (random.nextInt(5) == 0) {
      world.index.mark(Stamp.values()[random.nextInt(3)].of(world));
      return;
    }
    Map<String, ByteBuffer> fields = new HashMap<>();
    for (String column : World.COLUMNS) {
      if (random.nextBoolean()) {
        fields.put(column, value(column, random));
      }
    }
    Stamp stamp = Stamp.values()[random.nextInt(3)];
    OptionalLong time = stamp.of(world);
    if (stamp == Stamp.HONEST) {
      time = OptionalLong.of(world.clock + random.nextInt(400) - 200);
    }
    world.update(fields, time);
  }

  private static void inCassandra(World world, Random random) {
    long time = world.clock + random.nextInt(400) - 200;
    switch (random.nextInt(6)) {
      case 0 -> world.row.delete(time);
      case 1 -> world.row.element(random.nextInt(3), random.nextBoolean(), time);
      default -> {
        Map<String, ByteBuffer> cells = new HashMap<>();
        for (String column : World.COLUMNS) {
          if (random.nextBoolean()) {
            cells.put(column, value(column, random));
          }
        }
        world.row.write(cells, time, random.nextBoolean());
      }
    }
  }

  private static ByteBuffer value(String column, Random random) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    if (!column.equals("m")) {
      return Values.of(random.nextInt(3));
    }
    Set<Integer> elements = new TreeSet<>();
    random.ints(random.nextInt(3), 0, 3).forEach(elements::add);
    return Values.set(elements);
  }
}
