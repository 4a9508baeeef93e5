/** The parts of the daemon's work, each done alone and as fast as a client can. */
package io.cesync.benchmarks.limit;
