package io.cesync.trigger;

import java.nio.ByteBuffer;

/** A version 1 UUID. */
final class TimeUuid {
  /** From the Gregorian reform, where UUIDs count from, to 1970. */
  private static final long GREGORIAN_TO_UNIX_TICKS = 0x01B21DD213814000L;

  static final long TICKS_PER_SECOND = 10_000_000;

  /** 100 ns since 1970. */
  final long ticks;

  /** Variant, clock sequence and node. */
  final long low;

  TimeUuid(long ticks, long low) {
    this.ticks = ticks;
    this.low = low;
  }

  ByteBuffer bytes() {
    long t = ticks + GREGORIAN_TO_UNIX_TICKS;
    long high = (t << 32) | ((t >>> 16) & 0xffff0000L) | 0x1000 | ((t >>> 48) & 0xfff);
    return ByteBuffer.allocate(16).putLong(0, high).putLong(8, low);
  }

  /** In milliseconds since 1970. */
  long bucket(int bucketSeconds) {
    long seconds = Math.floorDiv(ticks, TICKS_PER_SECOND);
    return (seconds - Math.floorMod(seconds, (long) bucketSeconds)) * 1000;
  }
}
