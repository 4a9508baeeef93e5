package io.cesync.verify;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A time that passes only while somebody waits. */
final class FakeTime extends Clock implements Wait {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private Instant stopAt = Instant.MAX;

  void stopAt(Instant at) {
    stopAt = at;
  }

  @Override
  public boolean await(long millis) {
    now = now.plusMillis(millis);
    return !now.isBefore(stopAt);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
