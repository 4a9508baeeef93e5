package io.cesync.sync;

import io.cesync.intents.IntentLog;
import io.cesync.ledger.Ledger;
import io.cesync.ledger.LedgerEntry;
import io.cesync.ledger.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries that a former process still owed the ledger when it ended. */
final class FormerEntries {

  private static final Logger LOG = LoggerFactory.getLogger(FormerEntries.class);
  private static final int READ_AT_A_TIME = 2_000;

  private FormerEntries() {}

  /**
   * Has the ledger owe what was left of documents that were surely written. Before that nobody may
   * ask it. Waits for Cassandra.
   *
   * @param era of the index's present contents
   * @return what else was left
   * @throws com.datastax.oss.driver.api.core.DriverException if the ledger can't be read
   */
  static List<IntentLog.Left> owe(
      String table, Ledger ledger, TableIntents intents, String era, List<IntentLog.Left> left) {
    List<IntentLog.Left> others = new ArrayList<>();
    List<IntentLog.Left> written = new ArrayList<>();
    for (IntentLog.Left each : left) {
      if (!each.isWritten()) {
        others.add(each);
      } else if (place(each).era().equals(era)) {
        written.add(each);
      } else {
        intents.release(each.open());
      }
    }
    for (int i = 0; i < written.size(); i += READ_AT_A_TIME) {
      owe(ledger, intents, written.subList(i, Math.min(i + READ_AT_A_TIME, written.size())));
    }
    if (!written.isEmpty()) {
      LOG.info("{}: the ledger was still to get {} entries.", table, written.size());
    }
    return others;
  }

  private static void owe(Ledger ledger, TableIntents intents, List<IntentLog.Left> some) {
    Map<String, LedgerEntry> known = read(ledger, some);
    for (IntentLog.Left each : some) {
      LedgerEntry entry = each.intent().written();
      Optional<LedgerEntry> before = Optional.ofNullable(known.get(entry.id()));
      if (before.filter(b -> isNoOlder(b.place(), entry.place())).isPresent()) {
        intents.release(each.open());
      } else {
        Ledger.Put put = new Ledger.Put(entry, before);
        ledger.owe(List.of(new Ledger.Owing(put, () -> intents.release(each.open()))));
      }
    }
  }

  private static boolean isNoOlder(Place known, Place written) {
    return known.era().equals(written.era()) && !known.isBefore(written);
  }

  private static Place place(IntentLog.Left left) {
    return left.intent().written().place();
  }

  private static Map<String, LedgerEntry> read(Ledger ledger, List<IntentLog.Left> some) {
    try {
      return ledger
          .get(some.stream().map(each -> each.intent().written().id()).toList())
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
