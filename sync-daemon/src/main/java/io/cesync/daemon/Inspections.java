package io.cesync.daemon;

import com.datastax.oss.driver.api.core.DriverException;
import io.cesync.connect.CassandraConnection;
import io.cesync.connect.SearchConnection;
import io.cesync.document.Indices;
import io.cesync.inspect.Inspection;
import io.cesync.inspect.Inspector;
import io.cesync.settings.InvalidSettingsException;
import io.cesync.settings.Settings;
import java.io.IOException;

/** Looks whether servers have what settings need. */
final class Inspections {
  private Inspections() {}

  /**
   * What they have.
   *
   * @throws io.cesync.UserError if one of them doesn't answer
   */
  static Inspection of(Connections servers, Settings settings) {
    try {
      Settings present = new ResyncState(settings.stateFile()).present(settings);
      return new Inspector(servers.session(), new Indices(servers.client()), present).inspect();
    } catch (IOException e) {
      throw SearchConnection.failure(settings.elasticsearch(), e);
    } catch (DriverException e) {
      throw CassandraConnection.failure(settings.cassandra(), e);
    }
  }

  /** Changed settings, if the servers have all that they need. */
  static Plan plan(Connections servers, Settings changed) {
    // A table that was created a moment ago may not have been heard of.
    servers.session().refreshSchema();
    Inspection inspection = of(servers, changed);
    if (!inspection.problems().isEmpty()) {
      throw InvalidSettingsException.of(
          "The servers lack what these settings need:",
          inspection.problems().stream().map(Object::toString).toList());
    }
    return new Plan(changed, inspection);
  }
}
