package io.cesync.ledger;

import it.unimi.dsi.fastutil.HashCommon;
import java.nio.ByteBuffer;
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

  /** Bytes of an id with its slot, but for its characters, about. */
  private static final int SLOT = 200;

  /** Bytes for each stripe: then ids under way together, a few thousand, seldom share one. */
  private static final int STRIPE = 512;

  private final long mostBytes;

  /** As bytes: as objects they would be so many that collecting garbage takes a multiple. */
  private final Map<String, Optional<byte[]>> entries = new LinkedHashMap<>(16, 0.75f, true);

  private final EntryBytes format = new EntryBytes();

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
  Optional<LedgerEntry> of(String id) {
    Optional<byte[]> known = bytesOf(id);
    return known == null ? null : known.map(entry -> format.read(id, ByteBuffer.wrap(entry)));
  }

  private synchronized Optional<byte[]> bytesOf(String id) {
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
   * @param entry empty if there is none; its bytes stay as they are
   */
  synchronized void is(String id, int since, Optional<byte[]> entry) {
    if (writes[stripe(id)] == since) {
      forget(id);
      entries.put(id, entry);
      bytes += size(id, entry);
      Iterator<Map.Entry<String, Optional<byte[]>>> eldest = entries.entrySet().iterator();
      while (bytes > mostBytes) {
        Map.Entry<String, Optional<byte[]>> gone = eldest.next();
        bytes -= size(gone.getKey(), gone.getValue());
        eldest.remove();
      }
    }
  }

  private void forget(String id) {
    Optional<byte[]> known = entries.remove(id);
    if (known != null) {
      bytes -= size(id, known);
    }
  }

  private static int size(String id, Optional<byte[]> entry) {
    return SLOT + 2 * id.length() + entry.map(e -> e.length).orElse(0);
  }

  private int stripe(String id) {
    return HashCommon.mix(id.hashCode()) & (writes.length - 1);
  }
}
