package io.cesync.changelog;

import com.datastax.oss.driver.api.core.CqlIdentifier;

/** The name of the change log's table. */
public record LogTable(CqlIdentifier keyspace, CqlIdentifier table) {

  public String cql() {
    return keyspace.asCql(true) + "." + table.asCql(true);
  }
}
