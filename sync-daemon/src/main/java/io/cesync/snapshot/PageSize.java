package io.cesync.snapshot;

/**
 * How many rows to ask for at a time. Each request has its price, so pages should be large; rows
 * may be large too, and memory is not. Not thread-safe.
 */
public final class PageSize {

  private static final int FIRST = 100;
  private static final long BYTES = 512 << 10;

  /** A page of small rows says little about those that follow. */
  private static final int MOST_GROWTH = 4;

  private final int most;
  private int rows;
  private boolean measured;

  /**
   * @param most rows, however small they are
   */
  public PageSize(int most) {
    this.most = most;
    this.rows = Math.min(FIRST, most);
  }

  /** Rows to ask for. */
  public int rows() {
    return rows;
  }

  /** Whether a page has shown how large rows are; until then, one page at a time is enough. */
  public boolean isMeasured() {
    return measured;
  }

  /** A page didn't come, perhaps because it was too large. */
  public void refused() {
    rows = Math.max(1, rows / MOST_GROWTH);
  }

  /**
   * What a page brought.
   *
   * @param bytes of all its documents
   */
  public void saw(int rowsSeen, long bytes) {
    if (rowsSeen > 0) {
      measured = true;
      long fitting = BYTES * rowsSeen / Math.max(1, bytes);
      rows = (int) Math.max(1, Math.min(Math.min(most, (long) rows * MOST_GROWTH), fitting));
    }
  }
}
