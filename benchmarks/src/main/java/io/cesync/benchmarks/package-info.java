/** Placeholder. */
package io.cesync.benchmarks;
