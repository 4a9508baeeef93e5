package io.cesync.verify;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.cesync.UserError;
import io.cesync.document.DocumentReader;
import io.cesync.document.DocumentReader.Found;
import io.cesync.document.DocumentReader.Look;
import io.cesync.document.DocumentReader.Unknown;
import io.cesync.document.DocumentReader.Unreadable;
import io.cesync.document.DocumentReader.Wanted;
import io.cesync.document.SearchClient;
import io.cesync.inspect.Inspector;
import io.cesync.inspect.TableFacts;
import io.cesync.mapping.ColumnMapping;
import io.cesync.mapping.ColumnRules;
import io.cesync.mapping.TableMapping;
import io.cesync.row.RowColumns;
import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.row.RowReader;
import io.cesync.row.RowScanner;
import io.cesync.settings.Settings;
import io.cesync.settings.TableSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/** A table and its index, as they are read for comparing. Waits for answers. Thread-safe. */
final class Sides {

  private final TableMapping mapping;
  private final String index;
  private final Patience patience;
  private final DocumentReader documents;
  private final RowReader rows;
  private final RowReader keys;
  private final RowScanner scanner;

  Sides(
      CqlSession session,
      SearchClient client,
      Settings settings,
      TableFacts facts,
      Patience patience) {
    TableSettings table = facts.settings();
    this.mapping = facts.mapping();
    this.index = table.index();
    this.patience = patience;
    documents = new DocumentReader(client, table.index(), client.server());
    RowColumns columns = RowColumns.of(mapping, false, false);
    Executor pool = ForkJoinPool.commonPool();
    int group = settings.read().groupSize();
    rows = new RowReader(session, columns, group, pool, nanos -> {});
    scanner = new RowScanner(session, columns, pool);
    TableMetadata metadata = Inspector.metadata(session, table.table()).orElseThrow();
    keys =
        new RowReader(
            session, keyColumns(metadata, Inspector.rules(table)), group, pool, nanos -> {});
  }

  /** Whether a row is there can be told without reading all of it. */
  private RowColumns keyColumns(TableMetadata metadata, ColumnRules rules) {
    Map<String, String> renames = new HashMap<>(rules.renames());
    Set<String> key = new HashSet<>();
    mapping.columns().stream()
        .filter(ColumnMapping::isKey)
        .map(ColumnMapping::column)
        .forEach(key::add);
    renames.keySet().retainAll(key);
    TableMapping only =
        TableMapping.of(metadata, new ColumnRules(key, Set.of(), renames, rules.id(), Map.of()));
    return RowColumns.of(only, false, false);
  }

  RowScanner scanner() {
    return scanner;
  }

  String id(RowKey key) {
    return mapping.keys().documentId(key);
  }

  /** The rows of keys, told as documents; of those that have none there is nothing. */
  Map<RowKey, byte[]> rows(List<RowKey> of) throws InterruptedException {
    Map<RowKey, byte[]> found = new HashMap<>();
    for (RowImage image : patience.call(() -> all(rows.read(of)))) {
      if (image.present()) {
        found.put(image.key(), image.document());
      }
    }
    return found;
  }

  /** Those of keys that have no row. */
  List<RowKey> withoutRow(List<RowKey> of) throws InterruptedException {
    return patience.call(() -> all(keys.read(of))).stream()
        .filter(image -> !image.present())
        .map(RowImage::key)
        .toList();
  }

  private static CompletionStage<List<RowImage>> all(List<RowReader.Reading> readings) {
    CompletionStage<List<RowImage>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (RowReader.Reading reading : readings) {
      all =
          all.thenCombine(
              reading.images(),
              (images, more) -> {
                images.addAll(more);
                return images;
              });
    }
    return all;
  }

  /** The documents of keys, in that order, as they are now; null where there is none. */
  List<byte[]> documents(List<RowKey> keys) throws InterruptedException {
    return sources(keys.stream().map(this::id).toList());
  }

  /** The same by their ids. */
  List<byte[]> sources(List<String> ids) throws InterruptedException {
    List<Wanted> wanted = ids.stream().map(id -> new Wanted(id, null)).toList();
    return patience.call(() -> documents.read(wanted).thenApply(this::sourcesOf));
  }

  private List<byte[]> sourcesOf(List<Look> looks) {
    List<byte[]> sources = new ArrayList<>(looks.size());
    for (Look look : looks) {
      if (look instanceof Unknown unknown) {
        throw new CompletionException(new IOException(unknown.reason()));
      } else if (look instanceof Unreadable unreadable) {
        throw new UserError(
            "The documents of %s can't be read: %s. Nothing can be compared."
                .formatted(index, unreadable.reason()));
      }
      sources.add(look instanceof Found found ? found.document().source() : null);
    }
    return sources;
  }
}
