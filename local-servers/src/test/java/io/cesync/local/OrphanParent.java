package io.cesync.local;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A JVM that starts servers and waits for its end; for {@link OrphanIT}. */
final class OrphanParent {
  private OrphanParent() {}

  public static void main(String[] args) throws InterruptedException {
    CassandraServers cassandra = LocalServers.cassandra().start();
    SearchServer search = LocalServers.elasticsearch().start();
    System.out.println(
        ProcessHandle.current()
            .descendants()
            .map(child -> Long.toString(child.pid()))
            .collect(Collectors.joining(" ")));
    System.out.println(cassandra.node(0).address().getPort() + " " + search.uri().getPort());
    Path folder = cassandra.node(0).log().getParent().getParent();
    System.out.println(folder + " " + search.log().getParent());
    new CountDownLatch(1).await();
  }
}
