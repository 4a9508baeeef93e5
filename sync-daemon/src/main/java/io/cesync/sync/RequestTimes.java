package io.cesync.sync;

import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.util.function.LongConsumer;

/**
 * Takes down how long requests take, in nanoseconds, whether they fail or not. Thread-safe, and so
 * is what it gives.
 */
public interface RequestTimes {

  /** For those who don't want to know. */
  RequestTimes NONE =
      new RequestTimes() {
        @Override
        public LongConsumer reads(TableName table, Direction direction) {
          return nanos -> {};
        }

        @Override
        public LongConsumer writes(TableName table, Direction direction) {
          return nanos -> {};
        }
      };

  /** Of rows that are read; towards Cassandra, of searches for changes. */
  LongConsumer reads(TableName table, Direction direction);

  /** Of bulks; towards Cassandra, of rows that are written. */
  LongConsumer writes(TableName table, Direction direction);
}
