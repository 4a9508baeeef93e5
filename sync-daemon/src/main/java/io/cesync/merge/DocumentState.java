package io.cesync.merge;

import io.cesync.ledger.Place;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;

/** What is known of a key's document. */
public sealed interface DocumentState {

  /** Of the index as it is now; see {@link Place#era}. */
  String era();

  /** It was not read. What the ledger has is taken for granted, under condition. */
  record Unread(String era) implements DocumentState {}

  /**
   * A realtime read found none.
   *
   * @param knownAt µs since 1970: when something else than the ledger last knew it to exist, a
   *     count for example; {@link Long#MIN_VALUE} if nothing did
   */
  record Absent(String era, long knownAt) implements DocumentState {}

  /**
   * A read found it, and it says that it is deleted. What else it says is of no account.
   *
   * @param routing null if it was written without
   * @param timestamp as in {@link Present}
   */
  record Marked(Place place, String routing, OptionalLong timestamp) implements DocumentState {
    @Override
    public String era() {
      return place.era();
    }
  }

  /**
   * A read found it.
   *
   * @param routing null if it was written without
   * @param timestamp its {@code _timestamp} in µs since 1970, if it has one
   * @param values by column, as {@link io.cesync.mapping.TableMapping#values} reads them
   */
  record Present(
      Place place, String routing, OptionalLong timestamp, Map<String, ByteBuffer> values)
      implements DocumentState {
    @Override
    public String era() {
      return place.era();
    }
  }

  /**
   * A read found it, and all that it says was written to the row since. What that was is only known
   * by a digest.
   *
   * @param routing as in {@link Present}
   * @param timestamp as in {@link Present}
   * @param digest of all values that aren't part of the key, whose columns it said, too
   */
  record Carried(Place place, String routing, OptionalLong timestamp, long digest)
      implements DocumentState {
    @Override
    public String era() {
      return place.era();
    }
  }
}
