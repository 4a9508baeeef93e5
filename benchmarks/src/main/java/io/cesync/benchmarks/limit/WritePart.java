package io.cesync.benchmarks.limit;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.benchmarks.InFlight;
import io.cesync.benchmarks.Items;

/** Writes rows to a table that is empty before, one in a request. */
final class WritePart {
  private final Items items;
  private final int rows;
  private final int revision;
  private final int inFlight;

  WritePart(CqlSession session, String table, int rows, int revision, int inFlight) {
    session.execute("TRUNCATE bench." + table);
    this.items = new Items(session, "bench." + table);
    this.rows = rows;
    this.revision = revision;
    this.inFlight = inFlight;
  }

  void run() {
    InFlight.run(rows, inFlight, id -> items.write(id, revision));
  }
}
