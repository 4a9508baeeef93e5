package io.cesync.settings;

import io.cesync.yaml.Declared;
import java.time.Duration;
import java.util.Map;

/**
 * The change log. {@code bucket} and {@code shards} are only for creating it: what counts
 * afterwards is the log table's own comment.
 */
public record ChangeLogSettings(
    @Declared(
            text =
                "Replication of a keyspace that install creates; if not given, one copy, right for a single node only.",
            byDefault = "{}",
            example = "{class: NetworkTopologyStrategy, datacenter1: 3}")
        Map<String, String> replication,
    @Declared(
            text =
                "How long entries are kept: for how long the daemon may be away before it must copy the tables again.",
            byDefault = "7d",
            min = "1h",
            max = "3650d")
        Duration retention,
    @Declared(
            text = "The time that one partition of the log covers.",
            byDefault = "5m",
            min = "1s",
            max = "1d")
        Duration bucket,
    @Declared(
            text =
                "Partitions that share one such time; more for more than some thousand writes a second.",
            byDefault = "4",
            min = "1",
            max = "256")
        int shards) {}
