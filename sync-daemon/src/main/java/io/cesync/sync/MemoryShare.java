package io.cesync.sync;

/**
 * What each of a daemon's tables may keep in memory, so that all together fit into the default heap
 * of 256 MiB, however many there are. A key takes about 700 bytes, 350 more and twelve for each of
 * its columns if its document was just carried over, and four for each of its characters; an entry
 * that the ledger is to get 300, two for each character of its id, and its own; an id that was seen
 * about 60, a row that was shown about 130 and its key.
 *
 * @param pendingKeys keys in the worklist
 * @param pendingChars of those keys
 * @param seenIds entries that are remembered as read
 * @param inFlightKeys keys on their way
 * @param inFlightBytes of their documents
 * @param foundBytes of documents that a search found and that aren't in the table yet
 * @param passes partitions that are looked at at once, each with up to {@link
 *     PartitionPass#MOST_KEYS} keys; for all of them, {@link HandOver#MOST_OPEN} rows may be in the
 *     worklist besides
 * @param shownKeys rows of which is remembered what their last read showed
 * @param shownChars of those rows' keys
 */
record MemoryShare(
    int pendingKeys,
    long pendingChars,
    int seenIds,
    int inFlightKeys,
    long inFlightBytes,
    long foundBytes,
    int passes,
    int shownKeys,
    long shownChars) {

  /** Of documents that wait for a bulk, all tables together. */
  static final long QUEUED_BYTES = 16L << 20;

  private static final int KEY_BYTES = 700;
  private static final int OWED_BYTES = 300;
  private static final long PENDING_CHARS = 10_000_000;
  private static final int SEEN_IDS = 800_000;
  private static final int IN_FLIGHT_KEYS = 4_000;
  private static final long IN_FLIGHT_BYTES = 24L << 20;
  private static final long FOUND_BYTES = 8L << 20;
  private static final long LEDGER_BYTES = 32L << 20;
  private static final int PASSES = 16;
  private static final int SHOWN_KEYS = 131_072;
  private static final long SHOWN_CHARS = 8_000_000;

  /**
   * One table's share.
   *
   * @param maxPending for all tables, from the settings
   */
  static MemoryShare of(int maxPending, int tables) {
    return new MemoryShare(
        Math.max(500, maxPending / tables),
        PENDING_CHARS / tables,
        Math.max(10_000, SEEN_IDS / tables),
        Math.max(100, IN_FLIGHT_KEYS / tables),
        Math.max(1 << 20, IN_FLIGHT_BYTES / tables),
        Math.max(1 << 18, FOUND_BYTES / tables),
        Math.max(2, PASSES / tables),
        SHOWN_KEYS / tables,
        SHOWN_CHARS / tables);
  }

  /** With no more keys on their way there is little to do. */
  int idleKeys() {
    return inFlightKeys / 8;
  }

  /**
   * As many keys take as much memory as entries that the ledger is to get.
   *
   * @param bytes of the entries themselves: one of a wide table has a thousand
   */
  static int keysOfOwed(int entries, long bytes) {
    return (int) ((OWED_BYTES * (long) entries + bytes) / KEY_BYTES);
  }

  /** Of entries of one table's ledger. */
  static long ledgerBytes(int tables) {
    return LEDGER_BYTES / tables;
  }
}
