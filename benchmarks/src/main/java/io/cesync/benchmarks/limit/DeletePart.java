package io.cesync.benchmarks.limit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.cesync.benchmarks.InFlight;

/** Deletes the rows that {@link WritePart} wrote, one in a request. */
final class DeletePart {
  private final CqlSession session;
  private final PreparedStatement delete;
  private final int rows;
  private final int inFlight;

  DeletePart(CqlSession session, int rows, int inFlight) {
    this.session = session;
    this.delete = session.prepare("DELETE FROM bench.plain WHERE id = ?");
    this.rows = rows;
    this.inFlight = inFlight;
  }

  void run() {
    InFlight.run(
        rows, inFlight, id -> session.executeAsync(delete.bind((long) id).setIdempotent(true)));
  }
}
