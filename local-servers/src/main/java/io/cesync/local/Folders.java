package io.cesync.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Work on whole folders. Symbolic links are never followed. */
final class Folders {
  private Folders() {}

  /** Deletes a folder and all in it; one that is not there is fine. */
  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // A server that is just ending may delete its own files meanwhile.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Makes {@code target} hold the same files, as hard links where the file system can. */
  static void linkOrCopy(Path source, Path target) throws IOException {
    each(
        source,
        path -> {
          Path other = target.resolve(source.relativize(path).toString());
          if (Files.isDirectory(path)) {
            Files.createDirectories(other);
            return;
          }
          try {
            Files.createLink(other, path.toRealPath());
          } catch (IOException | UnsupportedOperationException e) {
            Files.copy(path, other, StandardCopyOption.COPY_ATTRIBUTES);
          }
        });
  }

  static void copy(Path source, Path target) throws IOException {
    each(source, path -> Files.copy(path, target.resolve(source.relativize(path).toString())));
  }

  interface Action {
    void on(Path path) throws IOException;
  }

  /** Runs the action on a folder and everything in it, parents first. */
  static void each(Path folder, Action action) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            action.on(dir);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            action.on(file);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
