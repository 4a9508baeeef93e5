package io.cesync.demo;

import java.io.IOException;

/**
 * Kills a child process when this JVM is gone, even by SIGKILL: a shell waits at a pipe that the
 * kernel closes then.
 */
final class ProcessGuard implements AutoCloseable {
  private final Process shell;
  private final Thread hook;

  private ProcessGuard(Process shell, Thread hook) {
    this.shell = shell;
    this.hook = hook;
  }

  static ProcessGuard of(Process process) throws IOException {
    Thread hook =
        new Thread(
            () -> {
              process.destroyForcibly();
              process.onExit().join();
            },
            "end-" + process.pid());
    Runtime.getRuntime().addShutdownHook(hook);
    Process shell =
        new ProcessBuilder(
                "/bin/sh", "-c", "trap '' INT TERM HUP; read -r line; kill -9 " + process.pid())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new ProcessGuard(shell, hook);
  }

  /** The process has ended. */
  @Override
  public void close() {
    shell.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook runs already, which is what it is for.
      return;
    }
  }
}
