package io.cesync.settings;

import io.cesync.yaml.Declared;
import java.time.Duration;

/** Where the daemon can be watched. */
public record HttpSettings(
    @Declared(
            text = "Whether to serve the status page, /status, /health, /ready and /metrics.",
            byDefault = "false")
        boolean enabled,
    @Declared(
            text = "The address to listen at; there is no password, so keep it from strangers.",
            byDefault = "127.0.0.1")
        String host,
    @Declared(
            text = "The port; a daemon on the same machine needs one of its own.",
            byDefault = "8642",
            min = "1",
            max = "65535")
        int port,
    @Declared(
            text =
                "How long work may wait without any progress until that is logged and /health says so.",
            byDefault = "60s",
            min = "1s",
            max = "1d")
        Duration stallAfter) {}
