package io.cesync.deadletter;

import java.time.Instant;
import java.util.Optional;

/**
 * A change that the other side refuses.
 *
 * @param direction as the settings name it
 * @param key the row's, as in the change log; a JSON string is a document's id that is no row's
 * @param since when it was refused last
 * @param document what was refused, if it was kept
 */
public record Letter(
    String direction, String key, Instant since, String reason, Optional<String> document) {}
