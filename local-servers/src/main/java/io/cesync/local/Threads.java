package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Another process's threads, as Linux tells them. */
final class Threads {
  private Threads() {}

  /**
   * Whether none of them runs any more. After SIGSTOP each goes on until it takes notice, and may
   * answer requests meanwhile. True where the system doesn't tell.
   */
  static boolean areStopped(long pid) {
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    if (!Files.isDirectory(tasks)) {
      return true;
    }
    try (Stream<Path> all = Files.list(tasks)) {
      return all.allMatch(Threads::isStopped);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static boolean isStopped(Path task) {
    try {
      // The name before the state is in parentheses, and may have some itself.
      String stat = Files.readString(task.resolve("stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state == 'T' || state == 't' || state == 'Z' || state == 'X';
    } catch (IOException e) {
      // It has just ended.
      return true;
    }
  }
}
