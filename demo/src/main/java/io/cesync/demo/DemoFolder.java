package io.cesync.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The daemon's folder; it goes when the demonstration does, however that ends. */
record DemoFolder(Path path, Thread hook) implements AutoCloseable {
  static DemoFolder create() throws IOException {
    Path path = Files.createTempDirectory("cesync-demo-");
    Thread hook = new Thread(() -> delete(path), "demo-folder-end");
    Runtime.getRuntime().addShutdownHook(hook);
    return new DemoFolder(path, hook);
  }

  @Override
  public void close() {
    delete(path);
  }

  /** The daemon may be writing its last until it is gone: what appears meanwhile goes too. */
  private static void delete(Path path) {
    for (int attempt = 0; attempt < 100 && Files.exists(path); attempt++) {
      try (Stream<Path> files = Files.walk(path)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
