package io.cesync.demo;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements as text. */
final class Statements {
  private Statements() {}

  static String text(Statement<?> statement) {
    if (statement instanceof SimpleStatement simple) {
      return simple.getQuery();
    }
    if (statement instanceof BatchStatement batch) {
      List<String> parts = new ArrayList<>();
      batch.forEach(part -> parts.add(text(part)));
      return batch.getBatchType() + " batch: " + String.join("; ", parts);
    }
    return statement.toString();
  }
}
