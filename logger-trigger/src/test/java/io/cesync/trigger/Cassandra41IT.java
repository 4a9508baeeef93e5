package io.cesync.trigger;

final class Cassandra41IT extends TriggerContract {
  Cassandra41IT() {
    super("4.1.10");
  }
}
