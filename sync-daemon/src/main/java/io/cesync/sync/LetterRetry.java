package io.cesync.sync;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** Tries dead letters once more, a few at a time, so that other work isn't held up. */
final class LetterRetry implements TableSync.Chore {

  private final Iterator<String> keys;
  private final TableSync sync;

  LetterRetry(Collection<String> keys, TableSync sync) {
    this.keys = List.copyOf(keys).iterator();
    this.sync = sync;
  }

  @Override
  public boolean step(long now) {
    while (keys.hasNext() && sync.hasRoomForMore()) {
      sync.retry(keys.next());
    }
    return !keys.hasNext();
  }
}
