package io.cesync.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small shell process that kills the servers when this JVM is gone, even by SIGKILL. It reads
 * process ids from a pipe, a whole list a line, the last line counts; the kernel closes the pipe
 * when the JVM ends, whatever the reason. (Linux's parent-death signal would do less: it is bound
 * to the thread that forked, and reaches only the direct child.)
 */
final class Watchdog {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      pids=
      while read -r line; do pids=$line; done
      [ -z "$pids" ] || kill -9 $pids
      """;

  private static Process process;

  private Watchdog() {}

  /** Makes it kill exactly these processes from now on. */
  static synchronized void guard(Supplier<long[]> pids) {
    String line =
        Arrays.stream(pids.get()).mapToObj(Long::toString).collect(Collectors.joining(" ")) + "\n";
    try {
      if (process == null || !process.isAlive()) {
        process =
            new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
      }
      OutputStream pipe = process.getOutputStream();
      pipe.write(line.getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException e) {
      log.warn("No watchdog: if this JVM is killed, its servers stay", e);
    }
  }
}
