package io.cesync.settings;

import io.cesync.yaml.Declared;

/** Where the daemon can be watched. */
public record HttpSettings(
    @Declared(
            text = "Whether to serve the status page, /status, /metrics, /health and /ready.",
            byDefault = "true")
        boolean enabled,
    @Declared(
            text =
                "The address to listen at. There is no password: keep it from strangers, or use a proxy that asks for one.",
            byDefault = "127.0.0.1")
        String host,
    @Declared(
            text =
                "The port. Each daemon on a machine needs one of its own; 0 takes a free one, which status and the log tell.",
            byDefault = "8642",
            min = "0",
            max = "65535")
        int port) {}
