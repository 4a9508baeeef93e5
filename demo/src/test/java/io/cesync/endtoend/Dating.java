package io.cesync.endtoend;

import io.cesync.local.SearchSpec;

/** What tells the daemon that a document has changed, and how documents get their times. */
enum Dating {
  /** Sequence numbers. A document has a time if the application writes one. */
  BY_NUMBER("number", 1),

  /** Its time, so the application writes one each time. */
  BY_FIELD("time", 1),

  /**
   * Its time, which the server keeps beside it: in milliseconds, and its own unless the application
   * tells one.
   */
  BY_SERVER("the server's time", 1_000);

  private final String name;
  private final long step;

  Dating(String name, long step) {
    this.name = name;
    this.step = step;
  }

  /** Where a server has the choice, by numbers. */
  static Dating usual(SearchSpec server) {
    return server.version().startsWith("2.4.") ? BY_SERVER : BY_NUMBER;
  }

  /** If not, deletes are marks. */
  boolean seesDeletes() {
    return this == BY_NUMBER;
  }

  /** Whether the application has to write a time each time. */
  boolean isUpToTheApplication() {
    return this == BY_FIELD;
  }

  /** Whether a document has another time after each write. */
  boolean movesByItself() {
    return this == BY_SERVER;
  }

  /**
   * Whether a time may be written once more as the application has read it. What is older than
   * clocks may differ wouldn't be found where nothing but the time tells of a change.
   */
  boolean mayBeRepeated(long time, long now) {
    return this != BY_SERVER || time > now - TwoWayHistory.SKEW;
  }

  /** What is left of a time that is written. */
  long kept(long micros) {
    return micros - Math.floorMod(micros, step);
  }

  /** By so much the daemon may date a document later than anything that it knows, at each write. */
  long step() {
    return step;
  }

  @Override
  public String toString() {
    return name;
  }
}
