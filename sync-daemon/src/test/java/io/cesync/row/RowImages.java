package io.cesync.row;

import java.util.Optional;

/** Rows of which nothing but the key matters. */
public final class RowImages {

  private RowImages() {}

  public static RowImage of(RowKey key) {
    return new RowImage(key, null, Optional.empty());
  }
}
