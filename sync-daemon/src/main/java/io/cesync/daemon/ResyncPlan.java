package io.cesync.daemon;

import io.cesync.UserError;
import io.cesync.document.Indices;
import io.cesync.document.Rebuild;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a resync is going to do.
 *
 * @param old the index that has the table's name now, or is behind it
 * @param next the one that takes its place
 * @param goesOn whether an earlier resync began it
 */
record ResyncPlan(TableSettings table, Indices.Index old, String next, boolean goesOn) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /**
   * Looks whether it can be done.
   *
   * @param begun the new index, if an earlier resync began one
   * @throws UserError if it can't
   */
  static ResyncPlan of(
      TableSettings table,
      Indices.Index old,
      Optional<String> begun,
      boolean dropOld,
      Rebuild rebuild,
      Instant now)
      throws IOException {
    String name = table.index();
    boolean alias = !old.name().equals(name);
    if (!alias && !rebuild.turnsNamesIntoAliases()) {
      throw new UserError(
          "%s is an index, and this server can't make its name an alias without a moment in which there is neither. Have applications use an alias of it, name that alias in the settings, and run resync again."
              .formatted(name));
    }
    if (!alias && !dropOld) {
      throw new UserError(
          "%s is an index, not an alias. The rebuilt index is put in its place by making its name an alias, and that deletes the present index in the same step. Say --drop-old to have that; later resyncs can keep the old one."
              .formatted(name));
    }
    if (begun.isEmpty() && rebuild.refusesWrites(old.name())) {
      throw new UserError(
          "%s refuses writes (index.blocks), so nobody could tell whether it is complete. Lift the block first."
              .formatted(old.name()));
    }
    if (begun.isPresent() && !begun.get().startsWith(name + "-")) {
      throw new UserError(
          "A resync that was begun under other settings has built %s. Put index back in the settings, or give it up with --abort."
              .formatted(begun.get()));
    }
    return new ResyncPlan(
        table, old, begun.orElseGet(() -> nextName(name, now)), begun.isPresent());
  }

  static String nextName(String name, Instant now) {
    return name + "-" + TIME.format(now);
  }
}
