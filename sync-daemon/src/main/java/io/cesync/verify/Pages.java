package io.cesync.verify;

import io.cesync.snapshot.PageSize;

/** How much to read at a time, by what pages brought. For several threads. */
final class Pages {

  private final PageSize size;

  /**
   * @param most rows, however small they are
   */
  Pages(int most) {
    this.size = new PageSize(most);
  }

  synchronized int rows() {
    return size.rows();
  }

  synchronized void saw(int rows, long bytes) {
    size.saw(rows, bytes);
  }
}
