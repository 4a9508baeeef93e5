package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** What it takes to run a search server, all in one folder. */
record SearchNode(
    String name,
    NodeFolder folder,
    URI uri,
    List<String> command,
    Map<String, String> environment) {

  static SearchNode prepare(SearchSpec spec) {
    SearchProduct product = spec.product();
    String name = product.id + " " + spec.version();
    Path distribution =
        new MavenCentral(Cache.ofUser()).unpacked(product.groupId, product.id, spec.version());
    Jdk jdk = jdkFor(spec);
    int port = httpPort(spec);
    NodeFolder folder = NodeFolder.create(product.id);
    try {
      RunAs user = RunAs.forServer(folder);
      Path home = user.readable(distribution, "dist");
      Path javaHome = user.readable(jdk.home(), "jdk");
      Path config = folder.resolve("config");
      Folders.copy(distribution.resolve("config"), config);
      Files.writeString(config.resolve(product.id + ".yml"), settings(spec, folder.path(), port));
      Files.createDirectories(folder.resolve("tmp"));
      Files.createFile(folder.resolve("console.log"));
      user.own();
      String prefix = product.environmentPrefix;
      return new SearchNode(
          name,
          folder,
          URI.create("http://127.0.0.1:" + port),
          user.command(List.of("bash", home.resolve("bin").resolve(product.id).toString())),
          Map.of(
              prefix + "_JAVA_HOME", javaHome.toString(),
              prefix + "_JAVA_OPTS", "-Xms%1$dm -Xmx%1$dm".formatted(spec.heapMiB()),
              prefix + "_PATH_CONF", config.toString(),
              prefix + "_TMPDIR", folder.resolve("tmp").toString()));
    } catch (IOException e) {
      folder.delete();
      throw new UncheckedIOException("cannot prepare " + folder.path(), e);
    } catch (RuntimeException e) {
      folder.delete();
      throw e;
    }
  }

  Path console() {
    return folder.resolve("console.log");
  }

  private static Jdk jdkFor(SearchSpec spec) {
    int major = Version.of(spec.version()).major();
    boolean recent = major >= (spec.product() == SearchProduct.ELASTICSEARCH ? 9 : 3);
    String name = spec.product().id + " " + spec.version();
    return recent ? Jdk.between(21, 25, name) : Jdk.between(17, 21, name);
  }

  private static int httpPort(SearchSpec spec) {
    List<InetAddress> local = List.of(Ports.loopback(0));
    int port = spec.httpPort().orElseGet(() -> Ports.freeOn(local));
    if (!Ports.isFree(local, port)) {
      throw new ServerStartException("port " + port + " is taken");
    }
    return port;
  }

  private static String settings(SearchSpec spec, Path folder, int port) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("cluster.name", "cesync-local");
    yaml.put("node.name", "node0");
    yaml.put("discovery.type", "single-node");
    yaml.put("network.host", "127.0.0.1");
    yaml.put("http.port", port);
    yaml.put("transport.port", Ports.freeOn(List.of(Ports.loopback(0))));
    yaml.put("path.data", folder.resolve("data").toString());
    yaml.put("path.logs", folder.resolve("logs").toString());
    yaml.put("cluster.routing.allocation.disk.threshold_enabled", false);
    if (spec.product() == SearchProduct.ELASTICSEARCH) {
      yaml.put("xpack.security.enabled", false);
    }
    yaml.putAll(spec.settings());
    return new Yaml().dump(yaml);
  }
}
