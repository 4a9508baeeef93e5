package io.cesync.sync;

import java.util.Set;

/** Notices that a table's schema has changed. */
interface SchemaWatch {

  /** Whether one of these columns is not known yet. */
  boolean isNews(Set<String> columns);

  /** Looks at the schema, soon, if it wasn't just done. */
  void refresh();

  /** The table has to begin anew, and why. From any thread. */
  void outdated(String why);
}
