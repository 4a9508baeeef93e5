package io.cesync.trigger;

final class Cassandra50PaxosV2IT extends PaxosV2Contract {
  Cassandra50PaxosV2IT() {
    super("5.0.9");
  }
}
