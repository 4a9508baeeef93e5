package io.cesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.ledger.LedgerTables.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** In whatever order things happen, the ledger has the last entry of each document in the end. */
class OwedEntriesPropertiesTest {

  private static final List<String> IDS = List.of("a", "b");
  private static final int STEPS = 10;

  private static final class Request {
    final List<Change> changes;
    final boolean isPut;
    final CompletableFuture<Void> answer = new CompletableFuture<>();
    boolean applied;

    Request(List<Change> changes, boolean isPut) {
      this.changes = changes;
      this.isPut = isPut;
    }
  }

  private static final class Page {
    final OwedEntries.Watch watch;
    Map<String, EncodedEntry> read;

    Page(OwedEntries.Watch watch) {
      this.watch = watch;
    }
  }

  /** A ledger whose requests are answered when the test says so. */
  private static final class World {
    final List<Request> requests = new ArrayList<>();
    final Map<String, EncodedEntry> table = new HashMap<>();
    final Map<String, Integer> last = new HashMap<>();
    final List<Page> pages = new ArrayList<>();
    final Map<String, CompletableFuture<Void>> puts = new HashMap<>();
    final List<Integer> owing = new ArrayList<>();
    final List<Integer> told = new ArrayList<>();
    final OwedEntries owed = new OwedEntries(changes -> request(changes, false), () -> {});
    boolean befores = true;
    int numbers;

    World() {
      for (String id : IDS) {
        EncodedEntry entry = next(id);
        table.put(id, entry);
        last.put(id, version(entry));
      }
    }

    CompletionStage<Void> request(List<Change> changes, boolean isPut) {
      Request request = new Request(List.copyOf(changes), isPut);
      for (Change change : changes) {
        String id = change.entry().id();
        assertThat(requests.stream().flatMap(r -> r.changes.stream()).map(c -> c.entry().id()))
            .as("one thing at a time writes an entry")
            .doesNotContain(id);
        if (befores) {
          assertThat(change.before()).isEqualTo(table.get(id).place());
        }
      }
      requests.add(request);
      return request.answer;
    }

    private EncodedEntry next(String id) {
      int number = ++numbers;
      // Some are of the same write as the one before.
      return entry(id, Place.UNKNOWN_SHARD, number / 2, number);
    }

    private static EncodedEntry entry(String id, int shard, long seqNo, int version) {
      byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(version).array();
      return new EncodedEntry(id, new Place("era", shard, seqNo, 1), bytes);
    }

    private static int version(EncodedEntry entry) {
      return ByteBuffer.wrap(entry.bytes()).getInt();
    }

    private EncodedEntry read(String id) {
      return owed.of(id).orElse(table.get(id));
    }

    void step(int step, int choice) {
      String id = IDS.get(choice % IDS.size());
      switch (step) {
        case 0, 1 -> owe(id);
        case 2 -> owed.write();
        case 3 -> put(id);
        case 4 -> {
          if (pages.size() < 2) {
            pages.add(new Page(owed.watch(IDS)));
          }
        }
        case 5 -> pages.stream().skip(choice % 2).findFirst().ifPresent(this::read);
        case 6 -> pages.stream().skip(choice % 2).findFirst().ifPresent(this::revise);
        case 7 -> request(choice).ifPresent(this::apply);
        case 8 -> request(choice).ifPresent(this::succeed);
        default -> request(choice).ifPresent(this::fail);
      }
    }

    private Optional<Request> request(int choice) {
      return requests.isEmpty()
          ? Optional.empty()
          : Optional.of(requests.get(choice % requests.size()));
    }

    /** A key is for one thing at a time. */
    private boolean isFree(String id) {
      return !puts.containsKey(id) || puts.get(id).isDone();
    }

    private void owe(String id) {
      if (isFree(id)) {
        EncodedEntry entry = next(id);
        Place before = read(id).place();
        last.put(id, version(entry));
        owing.add(version(entry));
        owed.add(entry, before, () -> told.add(version(entry)));
      }
    }

    /** As {@link Ledger#put} does. */
    private void put(String id) {
      if (!isFree(id)) {
        return;
      }
      EncodedEntry entry = next(id);
      Place known = read(id).place();
      CompletionStage<Void> put =
          owed.beside(
              List.of(id),
              () ->
                  owed.instead(
                          id,
                          entry.place(),
                          before -> request(List.of(new Change(entry, before)), true))
                      .orElseGet(() -> request(List.of(new Change(entry, known)), true)));
      puts.put(id, put.thenAccept(done -> last.put(id, version(entry))).toCompletableFuture());
    }

    private void read(Page page) {
      page.read = new HashMap<>();
      IDS.forEach(id -> page.read.put(id, read(id)));
    }

    private void revise(Page page) {
      if (page.read != null) {
        List<Change> changes =
            page.read.values().stream()
                .filter(entry -> entry.place().shard() == Place.UNKNOWN_SHARD)
                .map(e -> new Change(entry(e.id(), 1, e.place().seqNo(), version(e)), e.place()))
                .toList();
        owed.revise(changes, page.watch);
      }
      page.watch.close();
      pages.remove(page);
    }

    /** The answer may be late. */
    private void apply(Request request) {
      if (!request.applied) {
        request.applied = true;
        request.changes.forEach(change -> table.put(change.entry().id(), change.entry()));
      }
    }

    private void succeed(Request request) {
      apply(request);
      requests.remove(request);
      request.answer.complete(null);
    }

    private void fail(Request request) {
      if (request.applied && request.isPut) {
        // The key would put the same again.
        return;
      }
      befores &= !request.applied;
      requests.remove(request);
      request.answer.completeExceptionally(new IllegalStateException("down"));
    }

    void end() {
      while (owed.size() > 0 || !requests.isEmpty()) {
        owed.write();
        succeed(requests.get(0));
      }
    }
  }

  @Property(tries = 3_000)
  void theLastEntryIsWrittenInTheEndAndEachIsToldOnce(
      @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 6 * STEPS - 1) Integer> steps) {
    World world = new World();
    steps.forEach(step -> world.step(step % STEPS, step / STEPS));
    world.end();

    for (String id : IDS) {
      assertThat(World.version(world.table.get(id))).isEqualTo(world.last.get(id));
    }
    assertThat(world.told).containsExactlyInAnyOrderElementsOf(world.owing);
    assertThat(world.owed.size()).isZero();
    assertThat(world.owed.chars()).isZero();
    assertThat(world.owed.bytes()).isZero();
  }
}
