/**
 * Real Cassandra, Elasticsearch and OpenSearch nodes for tests, benchmarks and the demonstration.
 *
 * <p>Start at {@link io.cesync.local.LocalServers}. Everything a node needs comes from Maven
 * Central through the user's own Maven set-up; nodes are child processes on loopback addresses, and
 * none outlives the JVM that started it.
 */
package io.cesync.local;
