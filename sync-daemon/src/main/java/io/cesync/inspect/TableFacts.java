package io.cesync.inspect;

import io.cesync.document.Indices;
import io.cesync.mapping.TableMapping;
import io.cesync.settings.TableSettings;
import java.util.UUID;

/**
 * A table that can be synced, and its index.
 *
 * @param tableId another one means that the table was made anew
 */
public record TableFacts(
    TableSettings settings,
    TableMapping mapping,
    UUID tableId,
    boolean isCounter,
    Indices.Index index) {}
