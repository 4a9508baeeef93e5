package io.cesync.sync;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.cesync.changelog.Entry;
import io.cesync.changelog.Operation;
import io.cesync.row.RowKey;
import java.util.Set;
import java.util.UUID;

/** Keys and entries of a table with partition key {@code a} and clustering column {@code b}. */
final class Keys {

  private Keys() {}

  static RowKey row(int a, int b) {
    String partition = "{\"a\":" + a;
    return new RowKey(partition + ",\"b\":" + b + "}", partition.length(), false);
  }

  static RowKey partition(int a) {
    String partition = "{\"a\":" + a;
    return new RowKey(partition + "}", partition.length(), true);
  }

  static Entry entry(RowKey key, Operation operation, long millis, long writeTime) {
    return new Entry(id(millis), operation, key, Set.of("v"), Set.of(), writeTime);
  }

  static UUID id(long millis) {
    return new UUID(
        Uuids.startOf(millis).getMostSignificantBits(),
        UUID.randomUUID().getLeastSignificantBits());
  }
}
