package io.cesync.verify;

/** Told how far comparing a table is, from any thread. */
public interface Watcher {

  /** So many parts of both sides are done, of so many. */
  void done(int parts, int of);

  /** Something that a person should know, in a line. */
  void say(String line);
}
