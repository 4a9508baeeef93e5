package io.cesync.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Java installation to run a server with. */
record Jdk(Path home, int feature) {
  static final String COMPILED_FAST = "-XX:TieredStopAtLevel=1";
  static final String COMPILED_WELL = "-XX:TieredStopAtLevel=4";

  private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)");

  Path java() {
    return home.resolve("bin").resolve("java");
  }

  /**
   * The JDK of this JVM if its version is in the range, else one named with {@code -Dcesync.jdkN},
   * else one beside this JVM's.
   */
  static Jdk between(int first, int last, String forWhat) {
    Path own = Path.of(System.getProperty("java.home"));
    int ownFeature = Runtime.version().feature();
    if (first <= ownFeature && ownFeature <= last) {
      return new Jdk(own, ownFeature);
    }
    return Stream.concat(named(first, last), beside(own).stream())
        .flatMap(home -> of(home).stream())
        .filter(jdk -> first <= jdk.feature && jdk.feature <= last)
        .findFirst()
        .orElseThrow(
            () ->
                new ServerStartException(
                    "%s needs JDK %d to %d, this is %d, and there is none beside %s: name one with -Dcesync.jdk%d=FOLDER"
                        .formatted(forWhat, first, last, ownFeature, own, first)));
  }

  private static Stream<Path> named(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(feature -> System.getProperty("cesync.jdk" + feature))
        .filter(home -> home != null)
        .map(Path::of);
  }

  private static List<Path> beside(Path own) {
    try (Stream<Path> siblings = Files.list(own.toRealPath().getParent())) {
      return siblings.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Jdk> of(Path home) {
    try {
      Matcher matcher = RELEASE.matcher(Files.readString(home.resolve("release")));
      return matcher.find() && Files.isExecutable(home.resolve("bin").resolve("java"))
          ? Optional.of(new Jdk(home, Integer.parseInt(matcher.group(1))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
