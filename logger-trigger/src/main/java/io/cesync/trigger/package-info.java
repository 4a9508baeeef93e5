/**
 * The Cassandra triggers that write the change log, {@code logger.log}.
 *
 * <p>{@link io.cesync.trigger.LogTrigger} and {@link io.cesync.trigger.AheadLogTrigger} are what
 * {@code CREATE TRIGGER} names; everything else is how they work: a mutation becomes {@code Entry}
 * values ({@code MutationEntries}, {@code KeyJson}), these become rows of the log ({@code
 * LogMutations}, laid out as {@code LogLayout} says), and they are either handed to Cassandra or
 * written at once ({@code AheadWriter}).
 *
 * <p>One JAR serves Cassandra 4.0, 4.1 and 5.0. Only what these have in common may be called.
 */
package io.cesync.trigger;
