package io.cesync.row;

import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import io.cesync.mapping.InvalidKeyException;
import java.util.concurrent.CompletionException;

/** Why a read from Cassandra failed, as far as it matters for what to do next. */
public enum ReadFailure {
  /** No answer, or not from enough replicas: wait and read again. */
  SERVER,
  /** The statement no longer fits the table: its schema changed. */
  SCHEMA,
  /**
   * The replicas failed on what was asked: perhaps on one of its rows (too many tombstones, a
   * corrupt block).
   */
  ROW,
  /** What was asked for can't be a key of this table. */
  KEY;

  public static ReadFailure of(Throwable thrown) {
    Throwable cause = cause(thrown);
    if (cause instanceof InvalidQueryException) {
      return SCHEMA;
    }
    if (cause instanceof InvalidKeyException) {
      return KEY;
    }
    return cause instanceof ReadFailureException ? ROW : SERVER;
  }

  /** The failure in a line. */
  public static String reason(Throwable thrown) {
    Throwable cause = cause(thrown);
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
