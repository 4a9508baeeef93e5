/**
 * What cesync is about to write to documents of two-way tables and to their rows, kept in files
 * beside the state until the ledger has it: after a crash it tells cesync's own writes from the
 * application's.
 */
package io.cesync.intents;
