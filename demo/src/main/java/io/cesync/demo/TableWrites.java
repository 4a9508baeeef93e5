package io.cesync.demo;

import java.util.List;

/** A table of the workload and the writes to it. Immutable. */
interface TableWrites {
  String name();

  /** What is hard about it, in a few words. */
  String about();

  /** What creates it, and what it needs, in a keyspace. */
  List<String> schema(String keyspace);

  /** A counter table's writes can't stand in a batch with others, nor use a timestamp or TTL. */
  default boolean isCounter() {
    return false;
  }

  /**
   * A write, as it may stand in a batch.
   *
   * @param table with its keyspace
   */
  String write(String table, Choice choice, Using using);

  /** A conditional write (a lightweight transaction). */
  String conditional(String table, Choice choice, Using using);
}
