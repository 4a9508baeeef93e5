package io.cesync.trigger;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Makes ids that no other process and no other call makes. Lock-free.
 *
 * <p>Node and clock sequence are random, with the multicast bit as RFC 9562 asks for nodes that are
 * no hardware address.
 */
final class TimeUuids {
  /** A clock set back by less is waited out in ticks; by more, a new series begins. */
  private static final long TOLERATED_STEP_BACK = TimeUuid.TICKS_PER_SECOND;

  /** How far ids of one second may be apart; more than that many get another node instead. */
  private static final int EXPIRY_SPREAD_TICKS = 10_000;

  private final LongSupplier micros;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong expiries = new AtomicLong();
  private final long expiryLow = randomLow();
  private volatile Series series;

  /** Ids of one clock sequence: strictly increasing. */
  private static final class Series {
    final long low;
    final AtomicLong last;

    Series(long low, long start) {
      this.low = low;
      this.last = new AtomicLong(start);
    }
  }

  TimeUuids() {
    this(TimeUuids::systemMicros);
  }

  /**
   * @param micros microseconds since 1970
   */
  TimeUuids(LongSupplier micros) {
    this.micros = micros;
    this.series = new Series(randomLow(), 0);
  }

  /** Microseconds since 1970, from the same clock as the ids. */
  long nowMicros() {
    return micros.getAsLong();
  }

  /**
   * An id of now, strictly after all earlier ones, also those of other threads, unless the clock
   * was set back by more than a second: ids that run ahead of the clock for longer would be taken
   * for timers.
   */
  TimeUuid next() {
    long now = micros.getAsLong() * 10;
    Series current = series;
    while (true) {
      long last = current.last.get();
      if (now < last - TOLERATED_STEP_BACK) {
        current = restart(current, now);
        continue;
      }
      long ticks = Math.max(now, last + 1);
      if (current.last.compareAndSet(last, ticks)) {
        return new TimeUuid(ticks, current.low);
      }
    }
  }

  /**
   * An id of at most a millisecond after a second of the future. Never one that {@link #next}
   * makes.
   */
  TimeUuid at(long epochSecond) {
    long n = expiries.getAndIncrement();
    long spread = n % EXPIRY_SPREAD_TICKS;
    long round = n / EXPIRY_SPREAD_TICKS;
    // The low 32 bits of the node: the variant and the multicast bit stay.
    long low = expiryLow ^ (round & 0xffffffffL);
    return new TimeUuid(epochSecond * TimeUuid.TICKS_PER_SECOND + spread, low);
  }

  private synchronized Series restart(Series seen, long now) {
    if (series == seen) {
      series = new Series(randomLow(), now - 1);
    }
    return series;
  }

  private long randomLow() {
    long variant = 0x8000000000000000L;
    long multicast = 0x0000010000000000L;
    return variant | multicast | (random.nextLong() & 0x3fffffffffffffffL);
  }

  private static long systemMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }
}
