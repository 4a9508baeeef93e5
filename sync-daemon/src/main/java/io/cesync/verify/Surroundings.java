package io.cesync.verify;

import io.cesync.state.State;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What comparing has to know of the world besides the two servers.
 *
 * @param state how far the daemon is, as it says now
 * @param daemonRuns whether it goes on
 */
public record Surroundings(
    Clock clock, Wait pause, Supplier<State> state, BooleanSupplier daemonRuns) {}
