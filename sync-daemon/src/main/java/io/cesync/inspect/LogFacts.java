package io.cesync.inspect;

import io.cesync.changelog.LogLayout;
import io.cesync.changelog.LogTable;

/**
 * The change log as it is.
 *
 * @param retentionSeconds how long entries are kept; 0 for ever
 */
public record LogFacts(LogTable table, LogLayout layout, int retentionSeconds) {}
