package io.cesync.settings;

import io.cesync.yaml.Declared;

/** How documents are written. */
public record BulkSettings(
    @Declared(
            text = "Most documents in one bulk request.",
            byDefault = "5000",
            min = "1",
            max = "100000")
        int maxDocuments,
    @Declared(
            text = "Most bytes in one bulk request.",
            byDefault = "5MiB",
            min = "1KiB",
            max = "100MiB")
        ByteSize maxBytes,
    @Declared(
            text = "Most bulk requests on their way at once.",
            byDefault = "3",
            min = "1",
            max = "64")
        int inFlight) {}
