package io.cesync.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Checks an index's mapping against a table. */
final class ExistingMapping {
  private final JsonNode mapping;
  private final List<MappingProblem> problems;

  ExistingMapping(JsonNode mapping, List<MappingProblem> problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  void check(TableMapping table) {
    JsonNode properties = mapping.path("properties");
    boolean strict = mapping.path("dynamic").asText().equals("strict");
    for (ColumnMapping column : table.columns()) {
      JsonNode field = properties.get(column.field());
      if (field == null && strict) {
        problems.add(
            new MappingProblem(
                column.field(),
                "the index has no such field, and being dynamic: strict it refuses documents with it",
                "add the field to the index's mapping"));
      }
    }
  }
}
