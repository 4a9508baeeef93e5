package io.cesync.endtoend;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.demo.Connect;
import io.cesync.demo.SearchReader;
import io.cesync.demo.Servers;
import io.cesync.local.CassandraSpec;
import io.cesync.local.LocalServers;
import io.cesync.local.SearchSpec;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One Cassandra and one search server of each version for all tests of a JVM; its end is theirs. A
 * test that stops one of them starts it again.
 */
record SharedServers(Servers servers, CqlSession session, SearchReader search) {
  private static final Map<SearchSpec, SharedServers> ALL = new HashMap<>();

  /** With the usual Elasticsearch. */
  static SharedServers get() {
    return of(LocalServers.elasticsearch());
  }

  static synchronized SharedServers of(SearchSpec search) {
    SharedServers started = ALL.get(search);
    if (started == null) {
      started = ALL.isEmpty() ? start(search) : ALL.values().iterator().next().with(search);
      ALL.put(search, started);
    }
    return started;
  }

  private static SharedServers start(SearchSpec search) {
    // What was acknowledged must survive a SIGKILL of the only node.
    Servers servers = Servers.start(cassandra().config("commitlog_sync", "batch"), search);
    return of(servers, Connect.to(servers.cassandra()));
  }

  private SharedServers with(SearchSpec other) {
    return of(new Servers(servers.cassandra(), other.start()), session);
  }

  private static SharedServers of(Servers servers, CqlSession session) {
    return new SharedServers(servers, session, new SearchReader(servers.search()));
  }

  static CassandraSpec cassandra() {
    return LocalServers.cassandra().triggerJar(triggerJar());
  }

  /** The jar on the class path; Cassandra's classes, which it needs, are not there. */
  private static Path triggerJar() {
    URL trigger =
        SharedServers.class.getClassLoader().getResource("io/cesync/trigger/LogTrigger.class");
    if (trigger == null || !trigger.getProtocol().equals("jar")) {
      throw new IllegalStateException(
          "logger-trigger.jar is not on the class path, but " + trigger + "; run mvn verify");
    }
    try {
      URI jar = ((JarURLConnection) trigger.openConnection()).getJarFileURL().toURI();
      return Path.of(jar);
    } catch (java.io.IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
