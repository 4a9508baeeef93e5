package io.cesync.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * Elasticsearch 2.x as a child process. Its script asks for garbage collectors that are no more and
 * makers publish no image of it, so its main class is started as it is.
 */
final class OldElasticsearch implements SearchLauncher {
  private static final String GROUP = "org.elasticsearch.distribution.zip";
  private static final String MAIN = "org.elasticsearch.bootstrap.Elasticsearch";

  /** It looks into classes of the JDK, and insists on a security manager. */
  private static final List<String> FOR_NEWER_JDKS =
      List.of(
          "-Djava.security.manager=allow",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private final SearchSpec spec;
  private final Path distribution;
  private final Jdk jdk;

  OldElasticsearch(SearchSpec spec) {
    this.spec = spec;
    String id = spec.product().id;
    this.jdk = Jdk.between(17, 23, id + " " + spec.version());
    this.distribution = new MavenCentral(Cache.ofUser()).unpacked(GROUP, id, spec.version());
  }

  static boolean is(SearchSpec spec) {
    return spec.product() == SearchProduct.ELASTICSEARCH && Version.of(spec.version()).major() <= 2;
  }

  /** In its own words. */
  static Map<String, Object> settings(Map<String, Object> settings) {
    Map<String, Object> old = new LinkedHashMap<>(settings);
    old.remove("discovery.type");
    old.remove("xpack.security.enabled");
    old.put("transport.tcp.port", old.remove("transport.port"));
    old.put("discovery.zen.ping.unicast.hosts", List.of());
    old.put("discovery.zen.ping_timeout", "100ms"); // there is nobody to wait for
    return old;
  }

  @Override
  public Launch launch(NodeFolder folder, Map<String, Object> settings) throws IOException {
    RunAs user = RunAs.forServer(folder);
    Path home = user.readable(distribution, "dist");
    Path java = user.readable(jdk.home(), "jdk").resolve("bin").resolve("java");
    Path config = folder.resolve("config");
    Folders.copy(distribution.resolve("config"), config);
    Files.writeString(
        config.resolve("elasticsearch.yml"), new Yaml().dump(withPaths(settings, folder)));
    for (String child : List.of("tmp", "plugins")) {
      Files.createDirectories(folder.resolve(child));
    }
    Files.createFile(folder.console());
    user.own();
    List<String> command = new ArrayList<>(List.of(java.toString()));
    Stream.of(spec.javaOptions().split(" ")).filter(o -> !o.isBlank()).forEach(command::add);
    command.addAll(FOR_NEWER_JDKS);
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + folder.resolve("tmp"),
            "-Dfile.encoding=UTF-8",
            "-Djna.nosys=true",
            "-Des.path.home=" + home,
            "-Des.path.conf=" + config,
            "-cp",
            home.resolve("lib").resolve("elasticsearch-" + spec.version() + ".jar")
                + File.pathSeparator
                + home.resolve("lib").resolve("*"),
            MAIN,
            "start"));
    return new ChildLaunch(folder, user.command(command), Map.of());
  }

  private static Map<String, Object> withPaths(Map<String, Object> settings, NodeFolder folder) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("path.data", folder.resolve("data").toString());
    all.put("path.logs", folder.resolve("logs").toString());
    all.put("path.plugins", folder.resolve("plugins").toString());
    return all;
  }
}
