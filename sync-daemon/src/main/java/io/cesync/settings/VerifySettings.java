package io.cesync.settings;

import io.cesync.yaml.Declared;
import java.time.Duration;
import java.util.Optional;

/** Comparing both sides while the daemon runs. */
public record VerifySettings(
    @Declared(
            text = "How often the daemon compares each table with its index; never if not given.",
            byDefault = "",
            example = "1d",
            min = "1m",
            max = "3650d")
        Optional<Duration> every,
    @Declared(
            text = "Most rows, and then documents, that it compares a second.",
            byDefault = "1000",
            min = "1",
            max = "10000000")
        int rate,
    @Declared(
            text = "How much of both sides it compares each time, in percent, chosen at random.",
            byDefault = "100",
            min = "1",
            max = "100")
        int sample,
    @Declared(
            text = "Whether it puts right what differs, as verify --repair does.",
            byDefault = "false")
        boolean repair) {}
