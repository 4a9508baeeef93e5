package io.cesync.daemon;

import io.cesync.UserError;
import io.cesync.document.Rebuild;
import io.cesync.inspect.Inspection;
import io.cesync.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Copies the table into the new index, catches up, and swaps. Confined to one thread.
 *
 * <p>At the swap the old index refuses writes for a moment. What was written to it before came from
 * rows that the new index then has, too, so no search sees less through the name than before; what
 * the daemon is refused it writes to the new index afterwards.
 *
 * @param own settings with this table alone, and the new index
 */
record ResyncRun(
    Settings own,
    ResyncPlan plan,
    Connections servers,
    Inspection inspection,
    Resync.Options options,
    Rebuild rebuild,
    StopSignal stop,
    Clock clock,
    Consumer<String> out) {

  private static final long POLL_MILLIS = 20;

  /** So far behind it may be when the old index begins to refuse writes. */
  private static final Duration NEARLY = Duration.ofSeconds(2);

  /** How long writes are refused at most. */
  private static final long REFUSED_MILLIS = 20_000;

  /** True once it is done; false if it was told to stop. */
  boolean run(StateKeeper keeper) throws IOException, InterruptedException {
    Instant started = clock.instant();
    try (ResyncEngine engine = new ResyncEngine(own, servers, inspection, keeper, clock, stop)) {
      while (!engine.isUpToDate(latest(started, clock.instant().minus(NEARLY)))) {
        engine.keep();
        if (stop.await(Math.min(500, own.saveInterval().toMillis()))) {
          engine.end();
          return false;
        }
      }
      engine.keep();
      boolean swapped = swap(engine);
      if (!swapped) {
        engine.end();
      }
      return swapped;
    }
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** False if it was told to stop before. */
  private boolean swap(ResyncEngine engine) throws IOException, InterruptedException {
    String old = plan.old().name();
    boolean swapped = false;
    rebuild.refuseWrites(old, true);
    Instant refused = clock.instant();
    try {
      while (!engine.isUpToDate(refused)) {
        if (stop.await(POLL_MILLIS)) {
          return false;
        }
        if (clock.millis() - refused.toEpochMilli() > REFUSED_MILLIS) {
          throw new UserError(
              "%s could not catch up while %s refused writes for %d s. Run resync again when fewer changes come, or when the servers are well."
                  .formatted(plan.next(), old, REFUSED_MILLIS / 1000));
        }
      }
      // From here on the state file says where to go on with the new index.
      engine.end();
      long had = rebuild.count(old);
      long has = rebuild.count(plan.next());
      options.compare(old, had, plan.next(), has);
      List<String> others = rebuild.swap(plan.table().index(), old, plan.next(), options.dropOld());
      swapped = true;
      tell(had, has, others, Duration.between(refused, clock.instant()));
      return true;
    } finally {
      if (!swapped || !options.dropOld()) {
        rebuild.refuseWrites(old, false);
      }
    }
  }

  private void tell(long had, long has, List<String> others, Duration refused) {
    out.accept(
        String.format(
            Locale.ROOT,
            "%s is an alias of %s now: %,d documents (%,d before). The old index refused writes for %d ms.",
            plan.table().index(),
            plan.next(),
            has,
            had,
            refused.toMillis()));
    if (!others.isEmpty()) {
      out.accept("It has the old index's other aliases, too: " + String.join(", ", others) + ".");
    }
    out.accept(
        options.dropOld()
            ? "Deleted the old index %s.".formatted(plan.old().name())
            : "The old index %s is kept; delete it when you need it no more: DELETE /%s"
                .formatted(plan.old().name(), plan.old().name()));
  }
}
