package io.cesync.daemon;

import io.cesync.document.Indices;
import io.cesync.inspect.Inspection;
import io.cesync.inspect.Inspector;
import io.cesync.inspect.Problem;
import io.cesync.mapping.IndexMapping;
import io.cesync.mapping.TableMapping;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The index that a resync fills. */
final class NewIndex {

  private NewIndex() {}

  /**
   * Creates it if it isn't there, and looks whether all is well.
   *
   * @param own settings with the one table, and the new index
   * @param begun called just before it is created
   * @throws io.cesync.UserError if something else is missing
   */
  static Inspection create(Connections servers, Indices indices, Settings own, Runnable begun)
      throws IOException {
    TableSettings target = own.tables().get(0);
    if (indices.find(target.index()).isEmpty()) {
      List<Problem> problems =
          new Inspector(servers.session(), indices, own)
              .inspect().problems().stream()
                  .filter(problem -> !problem.where().equals(target.index()))
                  .toList();
      new Inspection(Optional.empty(), List.of(), problems).orThrow();
      begun.run();
      TableMapping mapping =
          TableMapping.of(
              Inspector.metadata(servers.session(), target.table()).orElseThrow(),
              Inspector.rules(target));
      indices.create(
          target.index(),
          IndexMapping.of(mapping, servers.version().flavor(), Inspector.documentFields(target)),
          target.indexSettings());
    }
    return new Inspector(servers.session(), indices, own).inspect().orThrow();
  }
}
