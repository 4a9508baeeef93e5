package io.cesync.trigger;

/** The two triggers. */
enum Delivery {
  ATOMIC("LogTrigger"),
  AHEAD("AheadLogTrigger");

  final String className;

  Delivery(String simpleName) {
    className = "io.cesync.trigger." + simpleName;
  }

  /** The name of this delivery's copy of a test table. */
  String table(String name) {
    return name + "_" + name().toLowerCase(java.util.Locale.ROOT);
  }
}
