package io.cesync.endtoend;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.cesync.demo.SearchReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Inserts rows that nothing else touches, into a table of each delivery, and remembers which were
 * acknowledged.
 */
final class Receipts implements AutoCloseable {
  private static final int FIRST = 1_000_000;

  private final CqlSession session;
  private final String keyspace;
  private final Thread thread = new Thread(this::write, "receipts");
  private final Set<Integer> atomic = ConcurrentHashMap.newKeySet();
  private final Set<Integer> ahead = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /** With the keyspace of a {@link History}. */
  Receipts(CqlSession session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void write() {
    for (int i = FIRST; !stopped; i++) {
      insert(
          "INSERT INTO %s.orders (shop, day, number, paid) VALUES ('receipts', '2026-03-01', %d, true)",
          i, atomic);
      insert("INSERT INTO %s.products (id, name) VALUES (%d, 'receipt')", i, ahead);
    }
  }

  private void insert(String cql, int id, Set<Integer> acknowledged) {
    try {
      session.execute(cql.formatted(keyspace, id));
      acknowledged.add(id);
    } catch (DriverException e) {
      // Not acknowledged: it may be there or not.
      return;
    }
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  int acknowledged() {
    return atomic.size() + ahead.size();
  }

  /** The ids of acknowledged rows without a document. */
  List<String> missingIn(SearchReader search) throws InterruptedException {
    List<String> missing = new ArrayList<>();
    Map<String, ?> orders = search.documents(keyspace + "_orders");
    atomic.stream()
        .map("[\"receipts\",\"2026-03-01\",%d]"::formatted)
        .filter(id -> !orders.containsKey(id))
        .forEach(missing::add);
    Map<String, ?> products = search.documents(keyspace + "_products");
    ahead.stream()
        .map(id -> Integer.toString(id))
        .filter(id -> !products.containsKey(id))
        .forEach(missing::add);
    return missing;
  }

  @Override
  public void close() {
    stopped = true;
  }
}
