package io.cesync.verify;

/** Lets time pass, unless it is time to stop. Thread-safe. */
@FunctionalInterface
public interface Wait {

  /** Waits so long, or less; true once it is time to stop. */
  boolean await(long millis) throws InterruptedException;
}
