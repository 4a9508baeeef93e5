package io.cesync.ledger;

import it.unimi.dsi.fastutil.HashCommon;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Entries as they were read or written last, and documents that have none. A change is asked for
 * several times within moments: when a search shows it, when it is brought over, and when what was
 * written is seen again; hardly ever later, so what was used longest ago goes first. Right as long
 * as nobody else writes the ledger. Thread-safe.
 */
final class EntryCache {

  /**
   * Bytes of an id with its slot, of an entry without its digests, and of one of these, about.
   * Their names are shared.
   */
  private static final int SLOT = 200;

  private static final int ENTRY = 150;
  private static final int DIGEST = 40;

  /** Bytes for each stripe: then ids under way together, a few thousand, seldom share one. */
  private static final int STRIPE = 512;

  private final long mostBytes;
  private final Map<String, Optional<LedgerEntry>> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** How many writes began, by hash of the id. What was asked for before one isn't kept. */
  private final int[] writes;

  private long bytes;

  /**
   * @param mostBytes that it may take, about
   */
  EntryCache(long mostBytes) {
    this.mostBytes = mostBytes;
    this.writes = new int[(int) Long.highestOneBit(Math.max(1, mostBytes / STRIPE))];
  }

  /** Null if it isn't known; empty if there is none. */
  @SuppressWarnings("OptionalAssignedToNull") // not known isn't the same as none
  synchronized Optional<LedgerEntry> of(String id) {
    return entries.get(id);
  }

  /** Call it before an entry is read, and give the answer to {@link #is}. */
  synchronized int reading(String id) {
    return writes[stripe(id)];
  }

  /** It is about to be written or deleted. Give the answer to {@link #is} if that succeeded. */
  synchronized int writing(String id) {
    forget(id);
    return ++writes[stripe(id)];
  }

  /**
   * It was read or written so.
   *
   * @param since what {@link #reading} or {@link #writing} answered
   * @param entry empty if there is none
   */
  synchronized void is(String id, int since, Optional<LedgerEntry> entry) {
    if (writes[stripe(id)] == since) {
      forget(id);
      entries.put(id, entry);
      bytes += size(id, entry);
      Iterator<Map.Entry<String, Optional<LedgerEntry>>> eldest = entries.entrySet().iterator();
      while (bytes > mostBytes) {
        Map.Entry<String, Optional<LedgerEntry>> gone = eldest.next();
        bytes -= size(gone.getKey(), gone.getValue());
        eldest.remove();
      }
    }
  }

  private void forget(String id) {
    Optional<LedgerEntry> known = entries.remove(id);
    if (known != null) {
      bytes -= size(id, known);
    }
  }

  private static int size(String id, Optional<LedgerEntry> entry) {
    return SLOT + 2 * id.length() + entry.map(e -> ENTRY + DIGEST * e.digests().size()).orElse(0);
  }

  private int stripe(String id) {
    return HashCommon.mix(id.hashCode()) & (writes.length - 1);
  }
}
