package io.cesync.settings;

import io.cesync.yaml.Declared;

/** How rows and log entries are read. */
public record ReadSettings(
    @Declared(
            text = "Most row reads on their way at once.",
            byDefault = "64",
            min = "1",
            max = "4096")
        int inFlight,
    @Declared(text = "Log entries in one page.", byDefault = "5000", min = "10", max = "100000")
        int pageSize,
    @Declared(
            text = "Most keys of the same replicas that are read in one request.",
            byDefault = "50",
            min = "1",
            max = "1000")
        int groupSize) {}
