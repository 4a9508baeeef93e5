package io.cesync.settings;

import io.cesync.yaml.Declared;
import java.time.Duration;

/** Exponential backoff with jitter. */
public record RetrySettings(
    @Declared(
            text = "The first wait; each next one is twice as long.",
            byDefault = "100ms",
            min = "1ms",
            max = "1m")
        Duration initial,
    @Declared(text = "The longest wait.", byDefault = "30s", min = "1ms", max = "1h")
        Duration max) {}
