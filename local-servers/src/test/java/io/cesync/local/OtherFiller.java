package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Another JVM that fills a folder of a cache, and takes its time. */
final class OtherFiller {
  private OtherFiller() {}

  /** Returns when it is filling the folder; it finishes when its standard input ends. */
  static Process start(Path root, String name) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherFiller.class.getName(),
                root.toString(),
                name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("filling");
    return process;
  }

  public static void main(String[] args) {
    new Cache(Path.of(args[0]))
        .folder(
            args[1],
            good -> true,
            partial -> {
              System.out.println("filling");
              assertThat(System.in.read()).isEqualTo(-1);
              Files.writeString(partial.resolve("file"), "of the other JVM");
            });
  }
}
