package io.cesync.verify;

import com.datastax.oss.driver.api.core.CqlSession;
import io.cesync.UserError;
import io.cesync.document.DocumentReader;
import io.cesync.document.DocumentReader.Found;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Missing;
import io.cesync.document.DocumentReader.Wanted;
import io.cesync.document.SearchClient;
import io.cesync.mapping.TableMapping;
import io.cesync.row.RowColumns;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.row.RowReader;
import io.cesync.row.RowScanner;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;

/** A table and its index, as they are read for comparing. Waits for answers. Thread-safe. */
final class Sides {

  private final TableMapping mapping;
  private final String index;
  private final DocumentReader documents;
  private final RowReader rows;
  private final RowScanner scanner;

  Sides(
      CqlSession session,
      SearchClient client,
      Settings settings,
      TableSettings table,
      TableMapping mapping) {
    this.mapping = mapping;
    this.index = table.index();
    documents = new DocumentReader(client, table.index(), client.server());
    RowColumns columns = RowColumns.of(mapping, false, false);
    rows =
        new RowReader(
            session, columns, settings.read().groupSize(), ForkJoinPool.commonPool(), nanos -> {});
    scanner = new RowScanner(session, columns, ForkJoinPool.commonPool());
  }

  RowScanner scanner() {
    return scanner;
  }

  String id(RowKey key) {
    return mapping.keys().documentId(key);
  }

  /** The rows of keys, told as documents; of those that have none there is nothing. */
  Map<RowKey, byte[]> rows(List<RowKey> keys) {
    Map<RowKey, byte[]> found = new HashMap<>();
    for (RowReader.Reading reading : rows.read(keys)) {
      for (RowImage image : join(reading.images())) {
        if (image.present()) {
          found.put(image.key(), image.document());
        }
      }
    }
    return found;
  }

  /** The documents of keys, in that order, as they are now; null where there is none. */
  List<byte[]> documents(List<RowKey> keys) {
    List<Wanted> wanted = keys.stream().map(key -> new Wanted(id(key), null)).toList();
    List<byte[]> sources = new ArrayList<>(keys.size());
    for (Look look : join(documents.read(wanted))) {
      if (look instanceof Found found) {
        sources.add(found.document().source());
      } else if (look instanceof Missing) {
        sources.add(null);
      } else {
        throw new UserError(
            "The documents of %s can't be read: %s. Nothing was changed; run it again once they can."
                .formatted(index, look));
      }
    }
    return sources;
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
