package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What the parts of the contract share. Each part is an interface, and a leaf implements those it
 * is to run.
 */
interface OnCluster {
  TestCluster cluster();

  default LogEntry onlyEntry(String table, int p) {
    List<LogEntry> entries = cluster().log(table, p);
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  default List<String> brief(String table, int p) {
    return cluster().log(table, p).stream().map(LogEntry::brief).toList();
  }
}
