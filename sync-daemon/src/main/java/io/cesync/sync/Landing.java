package io.cesync.sync;

/** A key that is back from an attempt. */
record Landing(Pending pending, Outcome outcome) {}
