package io.cesync.settings;

import io.cesync.yaml.Declared;

/** The first full copy. */
public record SnapshotSettings(
    @Declared(
            text =
                "Whether a table is copied before its changes are followed; false only if the index already holds all rows.",
            byDefault = "true")
        boolean enabled,
    @Declared(text = "Most token ranges copied at once.", byDefault = "12", min = "1", max = "256")
        int parallelism,
    @Declared(
            text = "Most rows in one page; fewer where rows are large.",
            byDefault = "5000",
            min = "10",
            max = "100000")
        int pageSize) {

  /** The same with copying. */
  SnapshotSettings withCopies() {
    return new SnapshotSettings(true, parallelism, pageSize);
  }
}
