package io.cesync;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Microseconds since 1970, Cassandra's unit of write times. */
public final class Micros {

  private Micros() {}

  /** Cuts off what is smaller. */
  public static long of(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
