package io.cesync.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleFoldersTest {
  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createDirectories(parent.resolve(StaleFolders.PREFIX + "x"));
    Files.writeString(Files.createDirectories(folder.resolve("data")).resolve("file"), "text");
  }

  @Test
  void deletesWhatADeadOwnerLeft() throws Exception {
    StaleFolders.own(folder).close();
    age();
    StaleFolders.deleteIn(parent);
    assertThat(folder).doesNotExist();
  }

  @Test
  void sparesALivingOwners() throws Exception {
    Process other = OtherOwner.start(folder);
    try {
      age();
      StaleFolders.deleteIn(parent);
      assertThat(folder.resolve("data")).exists();
    } finally {
      other.destroyForcibly().waitFor();
    }
    StaleFolders.deleteIn(parent);
    assertThat(folder).doesNotExist();
  }

  @Test
  void sparesWhatIsJustBeingMade() throws Exception {
    StaleFolders.own(folder).close();
    StaleFolders.deleteIn(parent);
    assertThat(folder).exists();
  }

  @Test
  void sparesAFailedServersLogs() throws Exception {
    FileChannel owner = StaleFolders.own(folder);
    age();
    StaleFolders.markFailed(folder);
    owner.close();
    StaleFolders.deleteIn(parent);
    assertThat(folder).exists();
  }

  @Test
  void sparesFoldersOfOthers() throws Exception {
    Path other = Files.createDirectories(parent.resolve("other"));
    StaleFolders.deleteIn(parent);
    assertThat(other).exists();
    assertThat(folder).as("has no owner file").exists();
  }

  private void age() throws Exception {
    Files.setLastModifiedTime(
        folder.resolve("owner.lock"), FileTime.from(Instant.now().minusSeconds(3600)));
  }
}
