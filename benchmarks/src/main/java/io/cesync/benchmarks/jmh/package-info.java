/** The hottest pure code, alone. */
package io.cesync.benchmarks.jmh;
