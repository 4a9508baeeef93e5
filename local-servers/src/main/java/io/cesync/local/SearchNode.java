package io.cesync.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What it takes to run a search server, all in one folder. */
record SearchNode(String name, NodeFolder folder, URI uri, Launch launch) {
  static SearchNode prepare(SearchSpec spec) {
    SearchLauncher launcher = SearchLauncher.of(spec);
    int port = httpPort(spec);
    NodeFolder folder = NodeFolder.create(spec.product().id);
    try {
      return new SearchNode(
          spec.product().id + " " + spec.version(),
          folder,
          URI.create("http://127.0.0.1:" + port),
          launcher.launch(folder, settings(spec, port)));
    } catch (IOException e) {
      folder.delete();
      throw new UncheckedIOException("cannot prepare " + folder.path(), e);
    } catch (RuntimeException e) {
      folder.delete();
      throw e;
    }
  }

  private static int httpPort(SearchSpec spec) {
    List<InetAddress> local = List.of(Ports.loopback(0));
    int port = spec.httpPort().orElseGet(() -> Ports.freeOn(local));
    if (!Ports.isFree(local, port)) {
      throw new ServerStartException("port " + port + " is taken");
    }
    return port;
  }

  private static Map<String, Object> settings(SearchSpec spec, int port) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("cluster.name", "cesync-local");
    settings.put("node.name", "node0");
    settings.put("discovery.type", "single-node");
    settings.put("network.host", "127.0.0.1");
    settings.put("http.port", port);
    settings.put("transport.port", Ports.freeOn(List.of(Ports.loopback(0))));
    settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
    if (spec.product() == SearchProduct.ELASTICSEARCH) {
      settings.put("xpack.security.enabled", false);
    }
    Map<String, Object> all =
        OldElasticsearch.is(spec) ? OldElasticsearch.settings(settings) : settings;
    all.putAll(spec.settings());
    return all;
  }
}
