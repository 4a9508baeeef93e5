package io.cesync.endtoend;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.demo.Connect;
import io.cesync.demo.SearchReader;
import io.cesync.demo.Servers;
import io.cesync.local.CassandraSpec;
import io.cesync.local.LocalServers;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/**
 * One Cassandra and one Elasticsearch for all tests of a JVM; its end is theirs. A test that stops
 * one of them starts it again.
 */
record SharedServers(Servers servers, CqlSession session, SearchReader search) {
  private static SharedServers shared;

  static synchronized SharedServers get() {
    if (shared == null) {
      // What was acknowledged must survive a SIGKILL of the only node.
      Servers servers = Servers.start(cassandra().config("commitlog_sync", "batch"));
      shared =
          new SharedServers(
              servers, Connect.to(servers.cassandra()), new SearchReader(servers.search().uri()));
    }
    return shared;
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
