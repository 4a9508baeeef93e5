package io.cesync.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of a process. */
record ProcessFacts(long pid) {
  private static final double TICKS_PER_SECOND = 100;

  /** Most memory that it ever held, in MiB. */
  double peakMib() {
    return mib("VmHWM:");
  }

  /** Memory that it holds now, in MiB. */
  double residentMib() {
    return mib("VmRSS:");
  }

  private double mib(String field) {
    List<String> lines = lines("status");
    for (String line : lines) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IllegalStateException("no " + field + " of process " + pid);
  }

  /** Processor time that it has used, of all its threads, in seconds. */
  double cpuSeconds() {
    String stat = lines("stat").get(0);
    // The name, in brackets, may hold blanks: user and system time are fields 14 and 15.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND;
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
