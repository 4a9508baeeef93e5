package io.cesync.daemon;

/** Why an engine ended. */
sealed interface Ended {
  record Stopped() implements Ended {}

  /** An index or a table is no longer what it was. */
  record Outdated() implements Ended {}

  /** Another engine is to be started. */
  record StartWith(Plan plan) implements Ended {}
}
