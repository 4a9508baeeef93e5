package io.cesync.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** Search servers as child processes. */
final class SearchProcesses implements SearchLauncher {
  private final SearchSpec spec;
  private final Path distribution;
  private final Jdk jdk;

  SearchProcesses(SearchSpec spec) {
    this.spec = spec;
    SearchProduct product = spec.product();
    this.jdk = jdk(spec);
    this.distribution =
        new MavenCentral(Cache.ofUser()).unpacked(product.groupId, product.id, spec.version());
  }

  private static Jdk jdk(SearchSpec spec) {
    int major = Version.of(spec.version()).major();
    boolean recent = major >= (spec.product() == SearchProduct.ELASTICSEARCH ? 9 : 3);
    String name = spec.product().id + " " + spec.version();
    return recent ? Jdk.between(21, 25, name) : Jdk.between(17, 21, name);
  }

  @Override
  public Launch launch(NodeFolder folder, Map<String, Object> settings) throws IOException {
    RunAs user = RunAs.forServer(folder);
    Path home = user.readable(distribution, "dist");
    Path javaHome = user.readable(jdk.home(), "jdk");
    Path config = folder.resolve("config");
    Folders.copy(distribution.resolve("config"), config);
    Files.writeString(
        config.resolve(spec.product().id + ".yml"), new Yaml().dump(withPaths(settings, folder)));
    Files.createDirectories(folder.resolve("tmp"));
    Files.createFile(folder.console());
    user.own();
    String prefix = spec.product().environmentPrefix;
    return new ChildLaunch(
        folder,
        user.command(List.of("bash", home.resolve("bin").resolve(spec.product().id).toString())),
        Map.of(
            prefix + "_JAVA_HOME",
            javaHome.toString(),
            prefix + "_JAVA_OPTS",
            spec.javaOptions(),
            prefix + "_PATH_CONF",
            config.toString(),
            prefix + "_TMPDIR",
            folder.resolve("tmp").toString(),
            // Of the JVM that starts the server's.
            "CLI_JAVA_OPTS",
            startersOptions(folder)));
  }

  /** It leaves files behind in the folder for such. */
  private static String startersOptions(NodeFolder folder) {
    String tmp = folder.resolve("tmp").toString();
    return tmp.contains(" ") ? Jdk.COMPILED_FAST : Jdk.COMPILED_FAST + " -Djava.io.tmpdir=" + tmp;
  }

  private static Map<String, Object> withPaths(Map<String, Object> settings, NodeFolder folder) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("path.data", folder.resolve("data").toString());
    all.put("path.logs", folder.resolve("logs").toString());
    return all;
  }
}
