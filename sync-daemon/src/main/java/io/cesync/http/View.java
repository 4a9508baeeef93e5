package io.cesync.http;

import io.cesync.state.State;
import io.cesync.sync.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the daemon showed last. Immutable.
 *
 * @param vitals empty until it follows changes
 * @param waiting what it waits for if it doesn't follow changes; empty text if it does
 */
record View(
    Instant at,
    State state,
    Optional<Vitals> vitals,
    String waiting,
    Map<StreamName, History.Shown> histories,
    List<String> stalls) {}
