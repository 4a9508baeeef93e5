package io.cesync.settings;

/** How entries get into the change log. */
public enum Delivery {
  ATOMIC("io.cesync.trigger.LogTrigger"),
  AHEAD("io.cesync.trigger.AheadLogTrigger");

  private final String triggerClass;

  Delivery(String triggerClass) {
    this.triggerClass = triggerClass;
  }

  /** What CREATE TRIGGER names. */
  public String triggerClass() {
    return triggerClass;
  }

  @Override
  public String toString() {
    return Names.snakeCase(this);
  }
}
