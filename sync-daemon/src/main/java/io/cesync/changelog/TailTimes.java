package io.cesync.changelog;

import java.time.Clock;

/**
 * When to look at the log, in milliseconds.
 *
 * @param interval the longest wait between two looks at a quiet log
 * @param busyInterval the wait between two looks while there are changes
 * @param lateWindow how late an entry can appear
 */
public record TailTimes(long interval, long busyInterval, long lateWindow, Clock clock) {}
