package io.cesync.verify;

import io.cesync.row.RowKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at keys that differed again and again, until all that was written before is over there. A
 * key differs if it still does then, and neither side has changed since the look before; if one
 * has, it is looked at some more times. Not thread-safe.
 */
final class Looks {

  /** What is different for so short a time is mostly on its way. */
  private static final List<Long> FIRST_WAITS = List.of(500L, 2_000L);

  private static final int MORE_LOOKS = 10;
  private static final long MORE_MILLIS = 1_000;
  private static final int MOST_AT_ONCE = 500;

  private final Sides sides;
  private final Comparison comparison;
  private final Patience patience;
  private final Pages pages = new Pages(MOST_AT_ONCE);

  /** Both sides of a key, as hashes; equal ones mean that nothing was written meanwhile. */
  private record Seen(int row, int document, boolean rowMoved, boolean documentMoved) {
    Seen then(int nextRow, int nextDocument) {
      return new Seen(
          nextRow,
          nextDocument,
          rowMoved || row != nextRow,
          documentMoved || document != nextDocument);
    }
  }

  /** What to do with a key that still differs. */
  private interface Judge {
    boolean isFinal(Seen now, Optional<Seen> before);
  }

  Looks(Sides sides, Comparison comparison, Patience patience) {
    this.sides = sides;
    this.comparison = comparison;
    this.patience = patience;
  }

  /** Told of a key that differs. */
  interface Finder {
    void found(RowKey key, Difference difference);
  }

  /** Waits until what was written up to now is over there. */
  interface Settling {
    void await() throws InterruptedException;
  }

  /**
   * Looks until it is clear what differs.
   *
   * @param finder told of each key that differs
   * @return how many kept changing on both sides, so that nothing can be said of them
   */
  int settle(Collection<RowKey> keys, Settling settling, Finder finder)
      throws InterruptedException {
    Map<RowKey, Seen> open = new LinkedHashMap<>();
    keys.forEach(key -> open.put(key, null));
    for (int i = 0; i < FIRST_WAITS.size() && !open.isEmpty(); i++) {
      patience.pause(FIRST_WAITS.get(i));
      look(open, (now, before) -> false, finder);
    }
    if (open.isEmpty()) {
      return 0;
    }
    settling.await();
    look(open, Looks::stands, finder);
    for (int i = 0; i < MORE_LOOKS && !open.isEmpty(); i++) {
      patience.pause(MORE_MILLIS);
      boolean last = i == MORE_LOOKS - 1;
      // One side that never changes while the other does isn't kept up with it.
      look(open, (now, before) -> stands(now, before) || (last && !bothMoved(now)), finder);
    }
    return open.size();
  }

  private static boolean stands(Seen now, Optional<Seen> before) {
    return before.isPresent()
        && before.get().row() == now.row()
        && before.get().document() == now.document();
  }

  private static boolean bothMoved(Seen now) {
    return now.rowMoved() && now.documentMoved();
  }

  private void look(Map<RowKey, Seen> open, Judge judge, Finder finder)
      throws InterruptedException {
    List<RowKey> asked = new ArrayList<>(open.keySet());
    for (int from = 0; from < asked.size(); ) {
      int to = Math.min(asked.size(), from + pages.rows());
      look(asked.subList(from, to), open, judge, finder);
      from = to;
    }
  }

  private void look(List<RowKey> asked, Map<RowKey, Seen> open, Judge judge, Finder finder)
      throws InterruptedException {
    Map<RowKey, byte[]> rows = sides.rows(asked);
    List<byte[]> documents = sides.documents(asked);
    long bytes = 0;
    for (int i = 0; i < asked.size(); i++) {
      RowKey key = asked.get(i);
      byte[] row = rows.get(key);
      byte[] document = documents.get(i);
      bytes += size(row) + size(document);
      Optional<Difference> difference = comparison.compare(sides.id(key), row, document);
      if (difference.isEmpty()) {
        open.remove(key);
        continue;
      }
      Optional<Seen> before = Optional.ofNullable(open.get(key));
      int rowNow = Arrays.hashCode(row);
      int documentNow = Arrays.hashCode(document);
      Seen now =
          before
              .map(seen -> seen.then(rowNow, documentNow))
              .orElseGet(() -> new Seen(rowNow, documentNow, false, false));
      if (judge.isFinal(now, before)) {
        open.remove(key);
        finder.found(key, difference.get());
      } else {
        open.put(key, now);
      }
    }
    pages.saw(asked.size(), bytes);
  }

  private static long size(byte[] json) {
    return json == null ? 0 : json.length;
  }

  /** Those ids that are no keys and still have a document. */
  void foreign(Map<String, String> ids, Comparison of, Consumer<Difference> found)
      throws InterruptedException {
    List<String> asked = new ArrayList<>(ids.keySet());
    for (int from = 0; from < asked.size(); ) {
      List<String> some = asked.subList(from, Math.min(asked.size(), from + pages.rows()));
      List<byte[]> sources = sides.sources(some);
      long bytes = 0;
      for (int i = 0; i < some.size(); i++) {
        if (sources.get(i) != null) {
          bytes += sources.get(i).length;
          found.accept(of.foreign(some.get(i), ids.get(some.get(i))));
        }
      }
      pages.saw(some.size(), bytes);
      from += some.size();
    }
  }
}
