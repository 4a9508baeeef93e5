package io.cesync.daemon;

import io.cesync.UserError;
import io.cesync.settings.InvalidSettingsException;
import io.cesync.settings.Settings;
import io.cesync.settings.SettingsDiff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of the settings while the daemon runs, asked for by a signal or a {@link ReloadRequest}.
 * Reading and checking them is done beside the engine, which goes on meanwhile; requests that come
 * meanwhile make one more reload. Confined to the daemon's thread, but for the checking itself.
 */
final class Reloads {

  private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);
  private static final long LOOK_MILLIS = 250;

  private final SettingsSource source;
  private final StopSignal signal;
  private final Clock clock;

  /** Looks whether the servers have what settings need. */
  private final Function<Settings, Plan> check;

  private Plan current;
  private long begunMillis;
  private CompletableFuture<Plan> checking;

  /** Checked, and about to be started; null if none is. */
  private Plan next;

  Reloads(
      SettingsSource source,
      StopSignal signal,
      Clock clock,
      Function<Settings, Plan> check,
      Plan current) {
    this.source = source;
    this.signal = signal;
    this.clock = clock;
    this.check = check;
    this.current = current;
  }

  private Path stateFile() {
    return current.settings().stateFile();
  }

  /** Waits, less long if there is news or a reload is asked for; true once it is time to stop. */
  boolean await(long millis) throws InterruptedException {
    long left = millis;
    StopSignal.Heard heard = StopSignal.Heard.NOTHING;
    while (heard == StopSignal.Heard.NOTHING && left > 0 && !isAskedFor()) {
      heard = signal.awaitNews(Math.min(left, LOOK_MILLIS));
      left -= LOOK_MILLIS;
    }
    return heard == StopSignal.Heard.STOP;
  }

  /** And could be begun. */
  private boolean isAskedFor() {
    return checking == null && ReloadRequest.isThere(stateFile());
  }

  Plan current() {
    return current;
  }

  /** What to start an engine with instead of the current one; empty if all stays. Never waits. */
  Optional<Plan> poll() {
    if (checking == null && (signal.takeReload() || ReloadRequest.take(stateFile()))) {
      begunMillis = clock.millis();
      Settings before = current.settings();
      checking = CompletableFuture.supplyAsync(() -> check(before));
      var unused = checking.whenComplete((plan, failure) -> signal.wake());
    }
    if (checking == null || !checking.isDone()) {
      return Optional.empty();
    }
    CompletableFuture<Plan> checked = checking;
    checking = null;
    try {
      Plan plan = checked.join();
      if (plan.settings().equals(current.settings())) {
        LOG.info("Settings read again: nothing changed.");
        tell(0, List.of("nothing changed"));
        return Optional.empty();
      }
      next = plan;
      return Optional.of(plan);
    } catch (CompletionException e) {
      refused(e.getCause());
      return Optional.empty();
    }
  }

  private Plan check(Settings before) {
    Settings settings = source.read();
    List<String> atStartOnly = SettingsDiff.between(before, settings).atStartOnly();
    if (!atStartOnly.isEmpty()) {
      throw InvalidSettingsException.atStartOnly(atStartOnly);
    }
    return settings.equals(before) ? current : check.apply(settings);
  }

  /** An engine runs with a plan. */
  void started(Plan plan) {
    if (plan.equals(next)) {
      List<String> changed = SettingsDiff.between(current.settings(), plan.settings()).changed();
      current = plan;
      next = null;
      source.inForce(plan.settings());
      LOG.info("New settings are in force: {}.", String.join("; ", changed));
      tell(0, changed);
    } else {
      current = plan;
    }
  }

  /** Starting with a plan failed; true if the settings before it are to be gone back to. */
  boolean failed(Plan plan, Exception why) {
    if (!plan.equals(next)) {
      return false;
    }
    next = null;
    refused(why);
    return true;
  }

  private void refused(Throwable why) {
    boolean invalid = why instanceof InvalidSettingsException;
    String text = why instanceof UserError ? why.getMessage() : why.toString();
    LOG.error("The new settings are refused, those before stay in force: {}", text);
    tell(invalid ? 2 : 1, text.lines().toList());
  }

  private void tell(int exitCode, List<String> text) {
    try {
      new ReloadOutcome(begunMillis, exitCode, text).write(current.settings().stateFile());
    } catch (IOException e) {
      LOG.warn("Who asked for the reload can't be told how it ended ({}).", e.toString());
    }
  }
}
