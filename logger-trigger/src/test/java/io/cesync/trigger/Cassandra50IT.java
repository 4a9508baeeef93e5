package io.cesync.trigger;

final class Cassandra50IT extends TriggerContract {
  Cassandra50IT() {
    super("5.0.9");
  }
}
