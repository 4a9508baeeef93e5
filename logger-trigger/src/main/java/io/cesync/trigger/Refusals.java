package io.cesync.trigger;

import java.util.concurrent.TimeUnit;
import org.apache.cassandra.exceptions.InvalidRequestException;
import org.apache.cassandra.schema.TableMetadata;
import org.apache.cassandra.utils.NoSpamLogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The errors a client sees when its write was refused. All are InvalidRequest: anything else that
 * is not Cassandra's own becomes a ServerError, and drivers then avoid the node.
 */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final NoSpamLogger RARELY = NoSpamLogger.getLogger(LOG, 1, TimeUnit.MINUTES);

  private Refusals() {}

  static InvalidRequestException logMissing(TableMetadata refused) {
    return refuse(
        "the change log table "
            + LogLayout.FULL_NAME
            + " does not exist; run ./run.sh install or cql/001-change-log.cql",
        refused);
  }

  static InvalidRequestException logUnusable(String why, TableMetadata refused) {
    return refuse(
        "the change log table "
            + LogLayout.FULL_NAME
            + " is not as cql/001-change-log.cql creates it: "
            + why,
        refused);
  }

  static InvalidRequestException triggerOnLog(TableMetadata refused) {
    return new InvalidRequestException(
        String.format(
            "cesync: a cesync trigger cannot log %1$s, which is part of the change log; use DROP TRIGGER on it",
            refused));
  }

  static InvalidRequestException unexpected(TableMetadata refused, Throwable cause) {
    RARELY.error("cesync: cannot log a write to {}, so it was refused", refused, cause);
    return new InvalidRequestException(
        text("unexpected error in the trigger, see this node's system.log: " + cause, refused),
        cause);
  }

  private static InvalidRequestException refuse(String why, TableMetadata refused) {
    return new InvalidRequestException(text(why, refused));
  }

  private static String text(String why, TableMetadata refused) {
    return "cesync: "
        + why
        + "; the write to "
        + refused
        + " was refused so that no change is lost";
  }
}
