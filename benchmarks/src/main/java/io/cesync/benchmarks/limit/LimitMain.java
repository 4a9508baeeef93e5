package io.cesync.benchmarks.limit;

import com.datastax.oss.driver.api.core.CqlSession;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;

/**
 * Measures parts of the daemon's work in a fresh JVM; prints {@code part.NAME=seconds}. The parts
 * are {@code log} (page through all entries), {@code read} (rows by key, in groups), {@code scan}
 * (rows by token range), {@code bulk}, {@code pages} (the index's documents, by sequence number);
 * {@code plain} and {@code logged} (write the rows of tables without and with a trigger), {@code
 * plain-read} and {@code plain-delete} (what the first of them wrote). Connecting and making up the
 * documents don't count.
 */
public final class LimitMain {
  private LimitMain() {}

  /**
   * Runs it.
   *
   * @param arguments parts, separated by commas; host:port of Cassandra; URI of Elasticsearch;
   *     index to write to; documents; their revision; documents in a bulk; bulks in flight; number
   *     of this try
   */
  public static void main(String[] arguments) throws Exception {
    List<String> parts = List.of(arguments[0].split(",", -1));
    int documents = Integer.parseInt(arguments[4]);
    int revision = Integer.parseInt(arguments[5]);
    int attempt = Integer.parseInt(arguments[8]);
    int readsInFlight = attempt % 2 == 0 ? 32 : 64;
    try (CqlSession session = session(arguments[1]);
        RestClient client = RestClient.builder(HttpHost.create(arguments[2])).build()) {
      if (parts.contains("log")) {
        LogPart log = new LogPart(session);
        print("log", log::run);
      }
      if (parts.contains("read")) {
        ReadPart read = new ReadPart(session, "item", documents, readsInFlight);
        print("read", read::run);
      }
      if (parts.contains("pages")) {
        PagesPart pages = new PagesPart(client, documents, Integer.parseInt(arguments[6]));
        print("pages", pages::run);
      }
      for (String table : List.of("plain", "logged")) {
        if (parts.contains(table)) {
          WritePart write = new WritePart(session, table, documents, revision, 2 * readsInFlight);
          print(table, write::run);
        }
      }
      if (parts.contains("plain-read")) {
        ReadPart read = new ReadPart(session, "plain", documents, readsInFlight);
        print("plain-read", read::run);
      }
      if (parts.contains("plain-delete")) {
        DeletePart delete = new DeletePart(session, documents, 2 * readsInFlight);
        print("plain-delete", delete::run);
      }
      if (parts.contains("scan")) {
        ScanPart scan = new ScanPart(session, documents, attempt % 2 == 0 ? 1000 : 5000);
        print("scan", scan::run);
      }
      if (parts.contains("bulk")) {
        BulkPart bulk =
            new BulkPart(
                client,
                arguments[3],
                documents,
                revision,
                Integer.parseInt(arguments[6]),
                Integer.parseInt(arguments[7]));
        print("bulk", bulk::run);
      }
    }
  }

  private static void print(String part, Runnable run) {
    long start = System.nanoTime();
    run.run();
    System.out.println("part." + part + "=" + (System.nanoTime() - start) / 1e9);
  }

  private static CqlSession session(String hostAndPort) {
    String[] address = hostAndPort.split(":", 2);
    return Sessions.to(new InetSocketAddress(address[0], Integer.parseInt(address[1])));
  }
}
