package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cesync.live.LiveServers;
import io.cesync.live.Rest;
import io.cesync.live.Site;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application that keeps inserting and changing rows of a table {@code t (k, v)}, and one that
 * keeps searching its index and holds that there are never fewer documents than a moment ago.
 */
final class Busy implements AutoCloseable {

  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger searches = new AtomicInteger();
  private final AtomicInteger cut = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final Thread writer;
  private final Thread searcher;
  private volatile boolean ended;

  Busy(Site site, LiveServers servers, int from) {
    writer = new Thread(() -> write(site, from), "writer");
    searcher = new Thread(() -> search(site, servers.rest()), "searcher");
    writer.start();
    searcher.start();
  }

  private void write(Site site, int from) {
    for (int k = from; !ended; k++) {
      site.cql("INSERT INTO KS.t (k, v) VALUES (?, 'busy')", k);
      site.cql("UPDATE KS.t SET v = 'changed' WHERE k = ?", k / 2);
      writes.incrementAndGet();
    }
  }

  private void search(Site site, Rest rest) {
    int most = 0;
    while (!ended) {
      Rest.Answer answer =
          rest.send("GET", "/" + site.index("t") + "/_search?size=0&track_total_hits=true", null);
      int count = answer.body().at("/hits/total/value").asInt();
      if (isCut(answer)) {
        cut.incrementAndGet();
      } else if (answer.status() != 200 || answer.body().at("/_shards/failed").asInt() > 0) {
        wrong.add(answer.toString());
      } else if (count < most) {
        wrong.add(count + " documents after " + most);
      }
      most = Math.max(most, count);
      searches.incrementAndGet();
    }
  }

  /** It was under way on an index when that was deleted: the server has no other answer then. */
  private static boolean isCut(Rest.Answer answer) {
    return answer.status() == 503
        && answer.body().toString().contains("no_shard_available_action_exception");
  }

  /** Waits until so many more writes and searches were done. */
  void awaitMore(int more) {
    int written = writes.get() + more;
    int searched = searches.get() + more;
    await().until(() -> writes.get() > written && searches.get() > searched);
  }

  void check() {
    assertThat(wrong).isEmpty();
    assertThat(cut.get()).as("of one searcher, at one deletion").isLessThanOrEqualTo(1);
  }

  @Override
  public void close() {
    ended = true;
    try {
      writer.join();
      searcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
