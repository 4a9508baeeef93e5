package io.cesync.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What servers are made of, fetched by the user's own Maven and kept in a {@link Cache}. */
final class MavenCentral {
  private static final Logger log = LoggerFactory.getLogger(MavenCentral.class);

  private final Cache cache;

  MavenCentral(Cache cache) {
    this.cache = cache;
  }

  /** The JARs of an artifact and of all it needs at run time, in class path order. */
  List<Path> classpath(String groupId, String artifactId, String version) {
    String name = artifactId + "-" + version;
    Path folder =
        cache.folder(
            name,
            MavenCentral::allJarsThere,
            partial -> {
              log.info("Fetching {} with Maven; the first time can take minutes", name);
              MavenRun.buildClasspath(
                      partial, groupId, artifactId, version, partial.resolve("classpath"))
                  .logTo(cache.logOf(name));
            });
    return read(folder);
  }

  /** The folder that a zip artifact unpacks to. */
  Path unpacked(String groupId, String artifactId, String version) {
    String name = artifactId + "-" + version;
    Path folder =
        cache.folder(
            name,
            good -> true,
            partial -> {
              log.info("Fetching {} with Maven; the first time can take minutes", name);
              MavenRun.unpack(partial, groupId, artifactId, version, partial.resolve("dist"))
                  .logTo(cache.logOf(name));
            });
    try (Stream<Path> children = Files.list(folder.resolve("dist"))) {
      return children.filter(Files::isDirectory).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new ServerStartException("cannot read " + folder, e);
    }
  }

  private static boolean allJarsThere(Path folder) {
    return read(folder).stream().allMatch(Files::isReadable);
  }

  private static List<Path> read(Path folder) {
    try {
      return Files.readAllLines(folder.resolve("classpath")).stream().map(Path::of).toList();
    } catch (IOException e) {
      throw new ServerStartException("cannot read " + folder, e);
    }
  }
}
