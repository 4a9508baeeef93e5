package io.cesync.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Entries as they were read or written last, and documents that have none. A change is asked for
 * several times within moments: when a search shows it, when it is brought over, and when what was
 * written is seen again. Right as long as nobody else writes the ledger. Thread-safe.
 */
final class EntryCache {

  /** Bytes of an entry without its digests, and of one of these, about. */
  private static final int ENTRY = 400;

  private static final int DIGEST = 100;

  /** So many that keys under way together seldom share one. */
  private static final int STRIPES = 1 << 16;

  private final Cache<String, Optional<LedgerEntry>> entries;

  /** By hash of the id, how many writes began: what was asked for before one isn't kept. */
  private final AtomicIntegerArray writes = new AtomicIntegerArray(STRIPES);

  /**
   * @param bytes that it may take, about
   */
  EntryCache(long bytes) {
    entries =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((String id, Optional<LedgerEntry> entry) -> weight(id, entry))
            // As part of the call: what is over the limit is gone at once.
            .executor(Runnable::run)
            .build();
  }

  private static int weight(String id, Optional<LedgerEntry> entry) {
    return ENTRY / 2
        + id.length()
        + entry.map(e -> ENTRY / 2 + DIGEST * e.digests().size()).orElse(0);
  }

  /** Null if it isn't known; empty if there is none. */
  @SuppressWarnings("OptionalAssignedToNull") // not known isn't the same as none
  Optional<LedgerEntry> of(String id) {
    return entries.getIfPresent(id);
  }

  /** Call it before an entry is read, and give the answer to {@link #read}. */
  int reading(String id) {
    return writes.get(stripe(id));
  }

  void read(String id, int reading, Optional<LedgerEntry> entry) {
    entries.asMap().compute(id, (key, known) -> writes.get(stripe(key)) == reading ? entry : known);
  }

  /** It is about to be written or deleted. The answer is for {@link #written}. */
  int writing(String id) {
    int[] writing = new int[1];
    entries
        .asMap()
        .compute(
            id,
            (key, known) -> {
              writing[0] = writes.incrementAndGet(stripe(key));
              return null;
            });
    return writing[0];
  }

  /**
   * It is written. Not to be called if that failed: what it is then is not known.
   *
   * @param entry empty if it was deleted
   */
  void written(String id, int writing, Optional<LedgerEntry> entry) {
    read(id, writing, entry);
  }

  private static int stripe(String id) {
    int hash = id.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }
}
