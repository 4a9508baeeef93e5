package io.cesync.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * The user that a search server runs as. They refuse to run as root, so root runs them as nobody:
 * all they read must be readable to nobody, and their folder must be nobody's.
 */
sealed interface RunAs {
  /** This JVM's own user, or nobody if that is root. */
  static RunAs forServer(NodeFolder folder) {
    boolean root = "root".equals(System.getProperty("user.name"));
    return root ? new Nobody(folder) : new Self();
  }

  /** The same folder or, if that user can't read it, a copy of that name in the node's folder. */
  Path readable(Path source, String name) throws IOException;

  /** Makes the node's folder that user's. */
  void own() throws IOException;

  /** The command, changed to run as that user. */
  List<String> command(List<String> command);

  /** As this JVM. */
  record Self() implements RunAs {
    @Override
    public Path readable(Path source, String name) {
      return source;
    }

    @Override
    public void own() {
      // It is already.
    }

    @Override
    public List<String> command(List<String> command) {
      return command;
    }
  }

  /** As the user with the highest 16-bit id, which is nobody's everywhere on Linux. */
  record Nobody(NodeFolder folder) implements RunAs {
    private static final int ID = 65_534;

    @Override
    public Path readable(Path source, String name) throws IOException {
      if (open(source.toRealPath())) {
        return source;
      }
      Path copy = folder.resolve(name);
      Folders.linkOrCopy(source, copy);
      return copy;
    }

    @Override
    public void own() throws IOException {
      Path parent = folder.path().getParent();
      if (!open(parent)) {
        throw new ServerStartException(
            "the server runs as nobody, who can't get into "
                + parent
                + ": set java.io.tmpdir to a folder that everyone can enter");
      }
      Folders.each(folder.path(), this::chown);
    }

    private void chown(Path path) throws IOException {
      // A hard link is shared with the cache, and stays as it is.
      if (Files.isDirectory(path) || (int) Files.getAttribute(path, "unix:nlink") == 1) {
        Files.setAttribute(path, "unix:uid", ID, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", ID, LinkOption.NOFOLLOW_LINKS);
      }
    }

    @Override
    public List<String> command(List<String> command) {
      String id = Integer.toString(ID);
      List<String> changed =
          new ArrayList<>(List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups"));
      changed.addAll(command);
      return changed;
    }

    /** Whether everyone may enter the folder and all above it. */
    private static boolean open(Path folder) throws IOException {
      for (Path path = folder; path != null; path = path.getParent()) {
        if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    }
  }
}
