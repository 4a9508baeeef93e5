package io.cesync.trigger;

final class Cassandra41PaxosV2IT extends PaxosV2Contract {
  Cassandra41PaxosV2IT() {
    super("4.1.10");
  }
}
