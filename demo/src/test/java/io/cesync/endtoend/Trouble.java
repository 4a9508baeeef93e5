package io.cesync.endtoend;

import io.cesync.local.CassandraNode;
import io.cesync.local.SearchServer;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What goes wrong while histories go on. */
enum Trouble {
  NONE,
  DAEMON_KILLED,
  DAEMON_AWAY,
  SEARCH_KILLED,
  SEARCH_STOPPED,
  CASSANDRA_KILLED,
  CASSANDRA_PAUSED;

  private static final List<Trouble> OF_SERVERS =
      List.of(SEARCH_KILLED, SEARCH_STOPPED, CASSANDRA_KILLED, CASSANDRA_PAUSED);

  static Trouble ofServers(Random random) {
    return OF_SERVERS.get(random.nextInt(OF_SERVERS.size()));
  }

  static Trouble ofDaemon(Random random) {
    return random.nextBoolean() ? DAEMON_KILLED : DAEMON_AWAY;
  }

  /** Makes it, some time from now; when it returns, servers are up again. */
  void make(TwoWayPair pair, Random random) throws IOException, InterruptedException {
    SearchServer search = pair.servers().search();
    CassandraNode cassandra = pair.servers().cassandra().node(0);
    TimeUnit.MILLISECONDS.sleep(random.nextInt(120));
    switch (this) {
      case NONE, DAEMON_AWAY -> {}
      case DAEMON_KILLED -> {
        pair.daemon().kill();
        pair.daemon().start();
      }
      case SEARCH_KILLED -> {
        search.kill();
        search.start();
      }
      case SEARCH_STOPPED -> {
        search.stop();
        search.start();
      }
      case CASSANDRA_KILLED -> {
        cassandra.kill();
        cassandra.start();
      }
      case CASSANDRA_PAUSED -> {
        // Longer than the daemon waits for an answer.
        cassandra.pause();
        TimeUnit.MILLISECONDS.sleep(5_500);
        cassandra.resume();
      }
    }
  }
}
