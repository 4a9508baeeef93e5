package io.cesync.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** A child process whose output is read as it comes, and which doesn't outlive this one. */
final class Child implements AutoCloseable {
  private final Process process;
  private final long startedAt;
  private final Thread reader;
  private final Thread killer;
  private final StringBuilder output = new StringBuilder();
  private final ConcurrentMap<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();

  private Child(Process process, long startedAt) {
    this.process = process;
    this.startedAt = startedAt;
    this.reader = new Thread(this::read, "output of " + process.pid());
    this.killer = new Thread(process::destroyForcibly);
  }

  /**
   * Starts it.
   *
   * @param marks texts in its output whose time is wanted
   */
  static Child start(List<String> command, String... marks) {
    try {
      long startedAt = System.nanoTime();
      Child child =
          new Child(new ProcessBuilder(command).redirectErrorStream(true).start(), startedAt);
      for (String mark : marks) {
        child.awaited.put(mark, new CompletableFuture<>());
      }
      Runtime.getRuntime().addShutdownHook(child.killer);
      child.reader.setDaemon(true);
      child.reader.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long now = System.nanoTime();
        append(line);
        for (String mark : awaited.keySet()) {
          if (line.contains(mark)) {
            awaited.get(mark).complete(now);
          }
        }
      }
    } catch (IOException e) {
      append(e.toString());
    }
  }

  ProcessFacts facts() {
    return new ProcessFacts(process.pid());
  }

  private void append(String line) {
    synchronized (output) {
      output.append(line).append('\n');
    }
  }

  String output() {
    synchronized (output) {
      return output.toString();
    }
  }

  /** As {@link System#nanoTime} tells it. */
  long startedAt() {
    return startedAt;
  }

  /** When it printed a mark; the start if it hasn't. */
  long markedAt(String mark) {
    return awaited.get(mark).getNow(startedAt);
  }

  void checkAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("a child process has ended:\n" + output());
    }
  }

  /** Waits for its end, which must be a good one. */
  String join() {
    try {
      int code = process.waitFor();
      reader.join();
      if (code != 0) {
        throw new IllegalStateException("a child process ended with " + code + ":\n" + output());
      }
      return output();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Runtime.getRuntime().removeShutdownHook(killer);
    }
  }

  /** Asks it to end (SIGTERM), and kills it if it doesn't within half a minute. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
