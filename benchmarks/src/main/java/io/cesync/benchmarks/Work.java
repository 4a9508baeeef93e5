package io.cesync.benchmarks;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the servers have done for one two-way table since they were started, as they count it
 * themselves: reads and writes of partitions, queries and reads by id of one shard each, documents
 * indexed.
 */
record Work(Map<String, Long> counts) {
  private static final Map<String, String> TABLES =
      Map.of("ledger", "ledger", "ledger_by_seq_no", "place", "log", "log");

  /** Up to now, of a table of the keyspace {@code bench}. */
  static Work of(Bed bed, String table) {
    Map<String, Long> counts = new TreeMap<>();
    count(bed, table, "read", counts);
    count(bed, table, "write", counts);
    JsonNode stats = bed.http().get("/bench_" + table + "/_stats").at("/_all/primaries");
    counts.put("searches", stats.at("/search/query_total").asLong());
    counts.put("gets", stats.at("/get/total").asLong());
    counts.put("documents_indexed", stats.at("/indexing/index_total").asLong());
    return new Work(counts);
  }

  /** Up to now, only the writes to Cassandra. */
  static Work writesOf(Bed bed, String table) {
    Map<String, Long> counts = new TreeMap<>();
    count(bed, table, "write", counts);
    return new Work(counts);
  }

  /** How often the table or the ledger was written; grows until all is carried over. */
  static long writes(Bed bed, String table) {
    return writesOf(bed, table).writes();
  }

  private static void count(Bed bed, String table, String kind, Map<String, Long> counts) {
    for (Row row :
        bed.session()
            .execute(
                "SELECT keyspace_name, table_name, count FROM system_views.local_"
                    + kind
                    + "_latency")) {
      boolean ours = "bench".equals(row.getString(0)) && table.equals(row.getString(1));
      String name =
          ours ? "row" : "logger".equals(row.getString(0)) ? TABLES.get(row.getString(1)) : null;
      if (name != null) {
        counts.put(name + "_" + kind + "s", row.getLong(2));
      }
    }
  }

  long rowWrites() {
    return of("row_writes");
  }

  /** As {@link #writes(Bed, String)}. */
  long writes() {
    return rowWrites() + of("ledger_writes") + of("place_writes");
  }

  Work since(Work before) {
    Map<String, Long> more = new TreeMap<>();
    counts.forEach((name, count) -> more.put(name, count - before.of(name)));
    return new Work(more);
  }

  long of(String name) {
    return counts.get(name);
  }
}
