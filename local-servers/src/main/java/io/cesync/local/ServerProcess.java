package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's process and the processes it started itself (Elasticsearch's launcher starts one). */
final class ServerProcess {
  private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /** Starts it; its output goes to the end of {@code console}. */
  static ServerProcess start(
      List<String> command, Path folder, Map<String, String> environment, Path console) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
    // What the user set for other JVMs must not change a server.
    builder.environment().keySet().removeIf(ServerProcess::foreign);
    builder.environment().putAll(environment);
    try {
      ServerProcess started = new ServerProcess(builder.start());
      Children.add(started);
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

  boolean alive() {
    return process.isAlive();
  }

  /** Its exit code; only after {@link #alive} is false. */
  int exitCode() {
    return process.exitValue();
  }

  LongStream pids() {
    return tree().mapToLong(ProcessHandle::pid);
  }

  /** SIGTERM, and SIGKILL if that doesn't end it in time. Returns when all is gone. */
  void stop() {
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

  /** SIGKILL. Returns when all is gone. */
  void kill() {
    List<ProcessHandle> all = tree().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    if (!gone(all, GRACE)) {
      log.warn("Process {} is still there after SIGKILL", process.pid());
    }
    Children.remove(this);
  }

  void pause() {
    signal("-STOP");
  }

  void resume() {
    signal("-CONT");
  }

  private Stream<ProcessHandle> tree() {
    if (!process.isAlive()) {
      return Stream.empty();
    }
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private static boolean gone(List<ProcessHandle> all, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    for (ProcessHandle handle : all) {
      try {
        handle.onExit().get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return all.stream().noneMatch(ProcessHandle::isAlive);
      }
    }
    return true;
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
