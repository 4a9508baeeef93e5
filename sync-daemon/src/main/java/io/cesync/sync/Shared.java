package io.cesync.sync;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.document.BulkSender;
import io.cesync.document.SearchClient;
import io.cesync.intents.IntentLog;
import io.cesync.settings.Settings;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * What all tables of a daemon share.
 *
 * @param thread decides for all tables, and never waits
 * @param workers turn rows into documents
 * @param cassandra keeps work away while Cassandra doesn't answer
 * @param search the same for Elasticsearch
 * @param intents what is about to be written to documents of two-way tables
 * @param times told of each request
 * @param fatal told of what should never happen
 */
record Shared(
    Settings settings,
    CqlSession session,
    SearchClient client,
    BulkSender sender,
    ScheduledExecutorService thread,
    ExecutorService workers,
    Gate cassandra,
    Gate search,
    Clock clock,
    IntentLog intents,
    RequestTimes times,
    Consumer<Throwable> fatal) {}
