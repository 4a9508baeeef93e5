package io.cesync.ledger;

import io.cesync.ledger.LedgerTables.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Entries that the ledger is still to get (write-behind). Of each id only the last one is written.
 * Thread-safe.
 */
final class OwedEntries {

  /** Entries that are written at a time. */
  static final int MOST_AT_A_TIME = 2_000;

  private static final class Owed {
    EncodedEntry entry;

    /** Where the one is that the ledger has; null if it has none. */
    Place before;

    Runnable written;
    long order;

    /** With what is being written; null if nothing is. */
    Flight flight;

    Owed(EncodedEntry entry, Place before, Runnable written) {
      this.entry = entry;
      this.before = before;
      this.written = written;
    }
  }

  /**
   * @param entry that was owed
   * @param after where the ledger's entry is once that is written
   */
  private record Taken(Owed owed, EncodedEntry entry, Place after) {}

  private final Function<List<Change>, CompletionStage<Void>> writing;
  private final Runnable told;

  /** In ascending order. */
  private final Map<String, Owed> all = new LinkedHashMap<>();

  /** A few: two pages', and those of keys that are just being put aside. */
  private final List<Watch> watches = new ArrayList<>(2);

  /** By id, how often something is under way beside this that writes its entry. */
  private final Map<String, Integer> beside = new HashMap<>();

  private long orders;
  private long chars;
  private long bytes;

  /** Flights, and what is under way beside. */
  private int underWay;

  /** Once it is stopped; completes with the last that is under way. */
  private CompletableFuture<Void> stopped;

  /**
   * @param writing writes entries of different ids
   * @param told run each time after those that were owed some entries were told
   */
  OwedEntries(Function<List<Change>, CompletionStage<Void>> writing, Runnable told) {
    this.writing = writing;
    this.told = told;
  }

  synchronized int size() {
    return all.size();
  }

  /** Of the ids. */
  synchronized long chars() {
    return chars;
  }

  /** Of the entries but for their ids. */
  synchronized long bytes() {
    return bytes;
  }

  /** Empty if none is owed. */
  synchronized Optional<EncodedEntry> of(String id) {
    Owed owed = all.get(id);
    return owed == null ? Optional.empty() : Optional.of(owed.entry);
  }

  /**
   * One more. An entry that it takes the place of needn't be written any more, which is told at
   * once: there is no end to how often one may change until it is.
   *
   * @param before where the one is that the ledger has, if none is owed; null if it has none
   * @param written run, from any thread, once it is written, or needn't be any more
   */
  void add(EncodedEntry entry, Place before, Runnable written) {
    replace(entry, before, written).ifPresent(Runnable::run);
  }

  private synchronized Optional<Runnable> replace(
      EncodedEntry entry, Place before, Runnable written) {
    touched(entry.id());
    Owed known = all.get(entry.id());
    if (known == null) {
      append(new Owed(entry, before, written));
      return Optional.empty();
    }
    Runnable replaced = known.written;
    replace(known, entry);
    known.written = written;
    return Optional.of(replaced);
  }

  private void append(Owed owed) {
    owed.order = ++orders;
    all.put(owed.entry.id(), owed);
    chars += owed.entry.id().length();
    bytes += owed.entry.bytes().length;
  }

  private void replace(Owed owed, EncodedEntry entry) {
    bytes += entry.bytes().length - owed.entry.bytes().length;
    owed.entry = entry;
  }

  private void remove(Owed owed) {
    all.remove(owed.entry.id());
    chars -= owed.entry.id().length();
    bytes -= owed.entry.bytes().length;
  }

  /**
   * Tells of which documents nobody else has written an entry, or has owed one, since it began:
   * what was read of these after that still holds. To be closed.
   */
  final class Watch implements AutoCloseable {
    private final Set<String> untouched;

    private Watch(Collection<String> ids) {
      untouched = new HashSet<>(ids);
    }

    @Override
    public void close() {
      synchronized (OwedEntries.this) {
        watches.remove(this);
      }
    }
  }

  /** Begins before the entries of these documents are read. */
  synchronized Watch watch(Collection<String> ids) {
    Watch watch = new Watch(ids);
    // A read may pass by what is under way.
    beside.keySet().forEach(watch.untouched::remove);
    watches.add(watch);
    return watch;
  }

  private void touched(String id) {
    for (Watch watch : watches) {
      watch.untouched.remove(id);
    }
  }

  /**
   * Writes what became of entries that were read. One that is still owed is owed so then, which is
   * no request more. Nothing is done about what was touched meanwhile, as that is newer.
   *
   * @param changes of different ids, each of which the watch is of
   * @return completes when those that weren't owed are written; what fails is owed
   */
  CompletionStage<Void> revise(List<Change> changes, Watch watch) {
    Flight flight = new Flight();
    List<Change> unowed = new ArrayList<>();
    synchronized (this) {
      if (stopped != null) {
        return hasStopped();
      }
      for (Change change : changes) {
        EncodedEntry entry = change.entry();
        if (!watch.untouched.contains(entry.id())) {
          continue;
        }
        touched(entry.id());
        Owed known = all.get(entry.id());
        if (known != null) {
          replace(known, entry);
        } else {
          // So that whatever is owed from now on is written after it.
          Owed owed = new Owed(entry, change.before(), () -> {});
          append(owed);
          flight.take(owed, entry.place());
          unowed.add(change);
        }
      }
    }
    return unowed.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : flight.takeOff(() -> writing.apply(unowed));
  }

  /**
   * Writes entries, or deletes them, whatever is owed of these documents.
   *
   * @param ids of all that it writes
   * @param writing may make use of {@link #instead}
   */
  CompletionStage<Void> beside(Collection<String> ids, Supplier<CompletionStage<Void>> writing) {
    synchronized (this) {
      if (stopped != null) {
        return hasStopped();
      }
      underWay++;
      for (String id : ids) {
        touched(id);
        beside.merge(id, 1, Integer::sum);
      }
    }
    return started(writing).whenComplete((done, failure) -> ended(ids));
  }

  private void ended(Collection<String> ids) {
    synchronized (this) {
      for (String id : ids) {
        beside.computeIfPresent(id, (key, times) -> times == 1 ? null : times - 1);
      }
    }
    ended();
  }

  private void ended() {
    CompletableFuture<Void> last;
    synchronized (this) {
      underWay--;
      last = underWay == 0 ? stopped : null;
    }
    if (last != null) {
      last.complete(null);
    }
  }

  private static CompletionStage<Void> started(Supplier<CompletionStage<Void>> writing) {
    try {
      return writing.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * From now on nothing is written any more: whatever would be fails. Another one may follow, for
   * which this one's entries are old.
   *
   * @return completes once nothing is under way any more
   */
  synchronized CompletionStage<Void> stop() {
    if (stopped == null) {
      stopped = new CompletableFuture<>();
      if (underWay == 0) {
        stopped.complete(null);
      }
    }
    return stopped;
  }

  private static CompletionStage<Void> hasStopped() {
    return CompletableFuture.failedFuture(
        new IllegalStateException("nothing is written to the ledger any more"));
  }

  /** Writes some, those first that are owed longest. */
  CompletionStage<Void> write() {
    Flight flight = new Flight();
    List<Change> changes = new ArrayList<>();
    synchronized (this) {
      if (stopped != null) {
        return hasStopped();
      }
      for (Owed owed : all.values()) {
        if (owed.flight == null) {
          flight.take(owed, owed.entry.place());
          changes.add(new Change(owed.entry, owed.before));
          if (changes.size() == MOST_AT_A_TIME) {
            break;
          }
        }
      }
    }
    return changes.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : flight.takeOff(() -> writing.apply(changes));
  }

  /** Writes all that are owed by now. */
  CompletionStage<Void> flush() {
    long last;
    synchronized (this) {
      last = orders;
    }
    return flush(last);
  }

  private CompletionStage<Void> flush(long last) {
    CompletionStage<Void> under;
    synchronized (this) {
      Owed first = all.isEmpty() ? null : all.values().iterator().next();
      if (first == null || first.order > last) {
        return CompletableFuture.completedFuture(null);
      }
      under = first.flight == null ? null : first.flight.ended;
    }
    return (under == null ? write() : under).thenCompose(done -> flush(last));
  }

  /**
   * Writes something else, or nothing, in place of what is owed, which then is owed no more unless
   * that fails. Waits for what is being written. For {@link #beside} only.
   *
   * <p>What is owed by then counts as older, even if it came during the wait. It is: whoever writes
   * so has the key to itself, and owed what it owed of it before. A {@link #revise} does nothing
   * meanwhile. For who hasn't got the key to itself there is that one.
   *
   * @param after where the entry is then; null if there is none
   * @param instead told where the one is that the ledger has; null if it has none
   * @return empty if nothing is owed
   */
  Optional<CompletionStage<Void>> instead(
      String id, Place after, Function<Place, CompletionStage<Void>> instead) {
    Flight flight = new Flight();
    Owed owed;
    Flight under;
    synchronized (this) {
      if (stopped != null) {
        return Optional.of(hasStopped());
      }
      owed = all.get(id);
      if (owed == null) {
        return Optional.empty();
      }
      under = owed.flight;
      if (under == null) {
        flight.take(owed, after);
      }
    }
    return Optional.of(
        under == null
            ? flight.takeOff(() -> instead.apply(owed.before))
            : under
                .ended
                .handle((done, failure) -> null)
                .thenCompose(
                    done ->
                        instead(id, after, instead).orElseGet(() -> instead.apply(owed.before))));
  }

  /** Some that are being written. */
  private final class Flight {
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<Taken> all = new ArrayList<>();

    /** The first one counts the flight as under way. */
    void take(Owed owed, Place after) {
      underWay += all.isEmpty() ? 1 : 0;
      owed.flight = this;
      all.add(new Taken(owed, owed.entry, after));
    }

    CompletionStage<Void> takeOff(Supplier<CompletionStage<Void>> writing) {
      started(writing).whenComplete((done, failure) -> land(failure));
      return ended;
    }

    private void land(Throwable failure) {
      List<Runnable> settled = new ArrayList<>();
      synchronized (OwedEntries.this) {
        for (Taken each : all) {
          each.owed.flight = null;
          if (failure == null) {
            written(each, settled);
          }
        }
      }
      Throwable problem = failure;
      try {
        settled.forEach(Runnable::run);
        if (!settled.isEmpty()) {
          told.run();
        }
      } catch (RuntimeException e) {
        problem = e;
      }
      if (problem == null) {
        ended.complete(null);
      } else {
        ended.completeExceptionally(problem);
      }
      OwedEntries.this.ended();
    }
  }

  /** One that another may have come for meanwhile. */
  @SuppressWarnings("ReferenceEquality") // the very same entry is meant
  private void written(Taken taken, List<Runnable> settled) {
    Owed owed = taken.owed;
    remove(owed);
    owed.before = taken.after;
    if (owed.entry == taken.entry) {
      settled.add(owed.written);
    } else {
      append(owed);
    }
  }
}
