package io.cesync.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collections and UDTs: every kind of write to one is an update of its column. */
interface CollectionContract extends OnCluster {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m = {'a': 1}           | m | false",
        "m = {}                 | m | true",
        "m = null               | m | true",
        "m['a'] = 2             | m | false",
        "m['a'] = null          | m | true",
        "m = m + {'b': 2}       | m | false",
        "m = m - {'b'}          | m | true",
        "l = [1, 2]             | l | false",
        "l = l + [3]            | l | false",
        "l = [0] + l            | l | false",
        "l = null               | l | true",
        "st = {1}               | st | false",
        "st = st + {2}          | st | false",
        "st = st - {2}          | st | true",
        "f = [1]                | f | false",
        "f = null               | f | true",
        "u = {a: 1, b: 'x'}     | u | false",
        "u.a = 2                | u | false",
        "u.a = null             | u | true",
        "u = null               | u | true",
      })
  default void updateOfACollection(String assignment, String column, boolean nulled) {
    for (Delivery delivery : Delivery.values()) {
      String table = delivery.table("rows");
      int p = cluster().newKey();
      cluster()
          .cql(
              "UPDATE "
                  + table
                  + " USING TIMESTAMP 5000 SET w = 'x', "
                  + assignment
                  + " WHERE p = ? AND c = 1",
              p);
      LogEntry entry = onlyEntry(table, p);
      assertThat(entry.operation()).isEqualTo("update");
      assertThat(entry.updated()).containsExactlyInAnyOrder("w", column);
      if (nulled) {
        assertThat(entry.nulled()).containsExactly(column);
      } else {
        assertThat(entry.nulled()).isNull();
      }
      assertThat(entry.writeTime()).isEqualTo(5000);
    }
  }
}
