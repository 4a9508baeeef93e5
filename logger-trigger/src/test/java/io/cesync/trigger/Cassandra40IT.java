package io.cesync.trigger;

final class Cassandra40IT extends TriggerContract {
  Cassandra40IT() {
    super("4.0.18");
  }
}
