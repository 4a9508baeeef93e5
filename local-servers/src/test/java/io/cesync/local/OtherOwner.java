package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Another JVM that owns a folder until it is killed. */
final class OtherOwner {
  private OtherOwner() {}

  /** Returns when it owns the folder. */
  static Process start(Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherOwner.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("owned");
    return process;
  }

  public static void main(String[] args) throws Exception {
    try (FileChannel owner = StaleFolders.own(Path.of(args[0]))) {
      System.out.println("owned");
      new CountDownLatch(1).await();
      owner.force(true);
    }
  }
}
