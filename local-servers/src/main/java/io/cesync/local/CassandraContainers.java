package io.cesync.local;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Cassandra nodes as containers of the official image. The node's folder is mounted under its own
 * name, so that all paths in it mean the same inside.
 */
record CassandraContainers(CassandraSpec spec) implements CassandraLauncher {
  @Override
  public Launch launch(NodeFolder folder, List<String> options) throws IOException {
    String path = folder.path().toString();
    String user = user(folder.path());
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse("cassandra").withTag(spec.version()))
            .withEnv("MAX_HEAP_SIZE", spec.heapMiB() + "M")
            .withEnv("HEAP_NEWSIZE", spec.heapMiB() / 4 + "M")
            .withEnv("CASSANDRA_LOG_DIR", folder.resolve("logs").toString())
            // After the image's own options, so that these win.
            .withEnv("JVM_EXTRA_OPTS", String.join(" ", options))
            .withCreateContainerCmdModifier(
                create -> {
                  HostConfig host = create.getHostConfig();
                  create
                      .withHostConfig(host.withBinds(Bind.parse(path + ":" + path)))
                      .withUser(user)
                      // The image's entry point would only edit the settings that are not used.
                      .withEntrypoint("cassandra", "-R", "-f");
                });
    return new ContainerLaunch(container, folder.console());
  }

  /** This JVM's user, so that it can read and delete what the node writes. */
  private static String user(Path folder) throws IOException {
    return Files.getAttribute(folder, "unix:uid") + ":" + Files.getAttribute(folder, "unix:gid");
  }
}
