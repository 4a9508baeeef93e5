package io.cesync.local;

/** The choice between child processes (the default) and containers: {@code -Dcesync.servers}. */
final class Containers {
  private Containers() {}

  static boolean chosen() {
    String choice = System.getProperty("cesync.servers", "processes");
    return switch (choice) {
      case "processes" -> false;
      case "containers" -> {
        demandTestcontainers();
        yield true;
      }
      default ->
          throw new IllegalArgumentException(
              "cesync.servers must be processes or containers, not " + choice);
    };
  }

  /** It is an optional dependency: who doesn't want containers shall not need it. */
  private static void demandTestcontainers() {
    try {
      Class.forName("org.testcontainers.containers.GenericContainer");
    } catch (ClassNotFoundException e) {
      throw new ServerStartException(
          "-Dcesync.servers=containers needs org.testcontainers:testcontainers on the class path",
          e);
    }
  }
}
