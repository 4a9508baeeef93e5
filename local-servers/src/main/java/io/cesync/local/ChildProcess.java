package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's process and the processes it started itself (Elasticsearch's launcher starts one). */
final class ChildProcess implements ServerProcess {
  private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final long POLL_MILLIS = 20;

  /**
   * What has no program for so long is a zombie: nobody reaps an orphan in a container whose first
   * process doesn't. Until then it may still be closing its files and ports.
   */
  private static final long ZOMBIE_POLLS = 50;

  private final Process process;

  /** All of it that was ever seen: the launcher may die before the server. */
  private final Set<ProcessHandle> known = ConcurrentHashMap.newKeySet();

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** Starts it; its output goes to the end of {@code console}. */
  static ChildProcess start(
      List<String> command, Path folder, Map<String, String> environment, Path console) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
    // What the user set for other JVMs must not change a server.
    builder.environment().keySet().removeIf(ChildProcess::foreign);
    builder.environment().putAll(environment);
    try {
      ChildProcess started = new ChildProcess(builder.start());
      Children.add(started);
      var unused = started.process.onExit().thenRun(Children::tellWatchdog);
      return started;
    } catch (IOException e) {
      throw new ServerStartException("cannot run " + command.get(0), e);
    }
  }

  private static boolean foreign(String variable) {
    return variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS")
        || variable.equals("CLASSPATH")
        || variable.startsWith("ES_")
        || variable.startsWith("OPENSEARCH_");
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public String exitCode() {
    return process.isAlive() ? "unknown" : Integer.toString(process.exitValue());
  }

  LongStream pids() {
    return tree().mapToLong(ProcessHandle::pid);
  }

  @Override
  public void stop() {
    List<ProcessHandle> all = tree().toList();
    if (all.isEmpty()) {
      return;
    }
    resume();
    process.toHandle().destroy();
    if (!gone(all, GRACE)) {
      log.warn("Process {} did not stop within {}; killing it", process.pid(), GRACE);
      kill();
      return;
    }
    Children.remove(this);
  }

  @Override
  public void kill() {
    List<ProcessHandle> all = tree().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    if (!gone(all, GRACE)) {
      log.warn("Process {} is still there after SIGKILL", process.pid());
    }
    Children.remove(this);
  }

  @Override
  public void pause() {
    signal("-STOP");
    long end = System.nanoTime() + GRACE.toNanos();
    while (!pids().allMatch(Threads::areStopped) && System.nanoTime() < end) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void resume() {
    signal("-CONT");
  }

  private Stream<ProcessHandle> tree() {
    if (alive()) {
      known.add(process.toHandle());
      process.descendants().forEach(known::add);
    }
    return known.stream().filter(ProcessHandle::isAlive);
  }

  /** The process itself is no zombie for long; its children are if nobody takes care of orphans. */
  private boolean gone(List<ProcessHandle> all, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    long zombies = 0;
    while (process.isAlive()
        || (all.stream().anyMatch(ProcessHandle::isAlive) && zombies < ZOMBIE_POLLS)) {
      if (System.nanoTime() > end) {
        return false;
      }
      zombies = all.stream().anyMatch(ChildProcess::lives) ? 0 : zombies + 1;
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Whether it has a program: a zombie has none, nor has a process that is just ending. */
  static boolean lives(ProcessHandle handle) {
    return handle.isAlive() && handle.info().command().isPresent();
  }

  private void signal(String signal) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    pids().forEach(pid -> command.add(Long.toString(pid)));
    if (command.size() == 2) {
      return;
    }
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
