package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.live.Rest;
import io.cesync.live.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two applications that write all the time to a two-way table {@code t (k, a, b)}: one the field
 * {@code a}, through the index's name, and it deletes documents, too; the other the column {@code
 * b}. Of each key they know what they wrote last.
 */
final class Applications implements AutoCloseable {

  private static final int KEYS = 300;

  private final Site site;
  private final Rest rest;
  private final Map<Integer, Integer> lastA = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> lastB = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<Integer, List<String>> history = new ConcurrentHashMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private final Thread ofDocuments;
  private final Thread ofRows;
  private volatile boolean ended;

  Applications(Site site, Rest rest, long seed) {
    this.site = site;
    this.rest = rest;
    ofDocuments = new Thread(() -> documents(new Random(seed)), "documents");
    ofRows = new Thread(() -> rows(new Random(seed + 1)), "rows");
    ofDocuments.start();
    ofRows.start();
  }

  private void documents(Random random) {
    // Nobody could see such a document if it was gone again before the resync looks at the new
    // index.
    Set<Integer> notCopiedYet = new HashSet<>();
    for (int n = 1; !ended; n++) {
      int k = random.nextInt(KEYS);
      String path = "/" + site.index("t");
      // The upper half is this one's alone, and it deletes of it.
      boolean deletes = k >= KEYS / 2 && random.nextInt(3) == 0 && !notCopiedYet.contains(k);
      Rest.Answer answer =
          deletes
              ? rest.send("DELETE", path + "/_doc/" + k, null)
              : rest.send(
                  "POST",
                  path + "/_update/" + k + "?retry_on_conflict=20",
                  "{\"doc\":{\"k\":%d,\"a\":%d},\"doc_as_upsert\":true}".formatted(k, n));
      if (deletes && answer.status() == 200) {
        lastA.remove(k);
      } else if (!deletes && answer.status() < 300) {
        if (lastA.put(k, n) != null && answer.status() == 201) {
          notCopiedYet.add(k);
        }
      } else if (answer.status() != 404 && answer.status() != 409) {
        // 404 if the new index doesn't have it yet; 409 if it was read from the old one.
        wrong.add(answer.toString());
      }
      history
          .computeIfAbsent(k, key -> new ArrayList<>())
          .add("%s: %s %d: %s".formatted(Instant.now(), deletes ? "-" : "a =", n, answer));
      writes.incrementAndGet();
    }
  }

  private void rows(Random random) {
    for (int n = 1; !ended; n++) {
      int k = random.nextInt(KEYS / 2);
      site.cql("UPDATE KS.t SET b = ? WHERE k = ?", n, k);
      lastB.put(k, n);
    }
  }

  /** Waits until so many more documents were written. */
  void awaitMore(int more) {
    int to = writes.get() + more;
    await().until(() -> writes.get() > to);
  }

  /** Ends them, and waits until both sides have all that they wrote last. */
  void check() {
    close();
    assertThat(wrong).isEmpty();
    Map<String, Integer> a = new TreeMap<>();
    lastA.forEach((k, n) -> a.put(k.toString(), n));
    Map<String, Integer> b = new TreeMap<>();
    lastB.forEach((k, n) -> b.put(k.toString(), n));
    await()
        .untilAsserted(
            () -> {
              assertSame("a of documents", of(site.documents("t"), "a"), a);
              assertSame("a of rows", of(site.rows("t"), "a"), a);
              assertSame("b of documents", of(site.documents("t"), "b"), b);
              assertSame("b of rows", of(site.rows("t"), "b"), b);
            });
  }

  private void assertSame(String what, Map<String, Integer> found, Map<String, Integer> written) {
    Set<String> keys = new TreeSet<>(found.keySet());
    keys.addAll(written.keySet());
    List<String> different =
        keys.stream()
            .filter(k -> !Objects.equals(found.get(k), written.get(k)))
            .map(k -> "%s: %s, not %s".formatted(k, found.get(k), written.get(k)) + story(k))
            .toList();
    assertThat(different).as(what).isEmpty();
  }

  /** What an application did to a key's document, and what the change log has of its row. */
  private String story(String k) {
    StringBuilder story = new StringBuilder();
    history.getOrDefault(Integer.valueOf(k), List.of()).forEach(s -> story.append("\n  " + s));
    site.cql(
            "SELECT toTimestamp(time_uuid), operation, write_time FROM logger.log"
                + " WHERE logged_keyspace = ? AND logged_key = ? ALLOW FILTERING",
            site.keyspace(),
            "{\"k\":" + k + "}")
        .forEach(entry -> story.append("\n  log: " + entry.getFormattedContents()));
    return story.toString();
  }

  private static Map<String, Integer> of(Map<String, JsonNode> all, String field) {
    Map<String, Integer> values = new TreeMap<>();
    all.forEach(
        (id, document) -> {
          if (document.has(field)) {
            values.put(id, document.path(field).asInt());
          }
        });
    return values;
  }

  @Override
  public void close() {
    ended = true;
    try {
      ofDocuments.join();
      ofRows.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
