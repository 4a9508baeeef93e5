/** Benchmarks on real servers, as ratios to what the servers and their clients can do alone. */
package io.cesync.benchmarks;
