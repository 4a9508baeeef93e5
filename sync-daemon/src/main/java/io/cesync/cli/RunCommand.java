package io.cesync.cli;

import io.cesync.UserError;
import io.cesync.daemon.Daemon;
import io.cesync.daemon.SettingsSource;
import io.cesync.daemon.StopSignal;
import io.cesync.settings.Settings;
import io.cesync.systemd.ServiceManager;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code run}: the daemon, in the foreground, until SIGTERM or Ctrl-C. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Keeps the tables in sync until it is stopped (Ctrl-C, SIGTERM).")
class RunCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
  private static final long STOP_SECONDS = 30;

  @ParentCommand private Main main;

  @Option(names = "--background", hidden = true, description = "As start runs it: logs to a file.")
  private boolean background;

  @Override
  public Integer call() throws InterruptedException {
    if (!background) {
      return run(main.settings(), false);
    }
    Settings settings = main.backgroundSettings();
    try {
      return run(settings, false);
    } catch (UserError e) {
      LOG.error("The daemon ends: {}", e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      LOG.error("The daemon ends because of an unexpected failure", e);
      throw e;
    }
  }

  final int once() throws InterruptedException {
    return run(main.settings(), true);
  }

  private int run(Settings settings, boolean once) throws InterruptedException {
    StopSignal stop = new StopSignal();
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger exitCode = new AtomicInteger(CommandLine.ExitCode.SOFTWARE);
    Thread hook = new Thread(() -> stopInGoodOrder(stop, ended, exitCode), "cesync-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (ServiceManager manager = ServiceManager.of(System.getenv())) {
      if (!once) {
        // Where SIGHUP is ignored, as under nohup, the command reload works nevertheless.
        Signals.register("HUP", stop::reload);
      }
      new Daemon(settings, source(), stop, Clock.systemUTC(), once, manager).run();
      exitCode.set(CommandLine.ExitCode.OK);
      return CommandLine.ExitCode.OK;
    } finally {
      ended.countDown();
    }
  }

  private SettingsSource source() {
    return new SettingsSource() {
      @Override
      public Settings read() {
        return main.readSettings();
      }

      @Override
      public void inForce(Settings settings) {
        Logging.level(settings.log());
      }
    };
  }

  /**
   * On a signal the JVM would end with the signal's code as soon as its hooks have, so this one
   * waits until the daemon has saved, and ends with the daemon's own code. At an ordinary end there
   * is nothing to wait for.
   */
  static void stopInGoodOrder(StopSignal stop, CountDownLatch ended, AtomicInteger exitCode) {
    if (ended.getCount() == 0) {
      return;
    }
    stop.stop();
    try {
      boolean inTime = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(inTime ? exitCode.get() : CommandLine.ExitCode.SOFTWARE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
