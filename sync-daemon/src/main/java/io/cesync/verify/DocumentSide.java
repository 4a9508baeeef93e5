package io.cesync.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cesync.document.DocumentScan;
import io.cesync.document.SearchClient;
import io.cesync.inspect.TableFacts;
import io.cesync.mapping.InvalidKeyException;
import io.cesync.mapping.KeyCodec;
import io.cesync.row.RowKey;
import io.cesync.verify.Parts.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Looks for documents without a row: each shard's documents in parts by their sequence numbers.
 * What is written later has a higher number, and is left for the next time. Where there are no
 * numbers it goes through all at once, and a sample goes by the ids. Thread-safe.
 */
final class DocumentSide {

  private static final int PAGE = 1_000;

  private final SearchClient client;
  private final String index;
  private final KeyCodec keys;
  private final Sides sides;
  private final Suspects suspects;
  private final Patience patience;
  private final RateLimit limit;
  private final boolean numbered;

  DocumentSide(
      SearchClient client,
      TableFacts facts,
      Sides sides,
      Suspects suspects,
      Patience patience,
      RateLimit limit) {
    this.client = client;
    this.index = facts.settings().index();
    this.numbered = client.server().hasSequenceNumbers() && facts.index().lacking().isEmpty();
    this.keys = facts.mapping().keys();
    this.sides = sides;
    this.suspects = suspects;
    this.patience = patience;
    this.limit = limit;
  }

  /** Whether parts can be looked at by themselves. */
  boolean isInParts() {
    return numbered;
  }

  /** Looks at all documents of a stretch. */
  void compare(Stretch stretch, Course course) throws InterruptedException {
    long count = 0;
    int requests = 0;
    for (Map.Entry<Integer, Long> shard : course.shards().entrySet()) {
      long numbers = shard.getValue() + 1;
      long from = start(numbers, stretch.first());
      long to = start(numbers, stretch.last() + 1) - 1;
      if (from > to) {
        continue;
      }
      DocumentScan scan = scan(shard.getKey(), filter(from), to);
      while (scan.hasMore() && !suspects.isFull()) {
        List<DocumentScan.Hit> hits = patience.call(scan::next);
        look(hits);
        count += hits.size();
        requests++;
      }
    }
    course.documentsDone(stretch, count, requests);
  }

  /** Looks at all, where they have no numbers; only parts by their ids, if some are left out. */
  void compareAll(Course course) throws InterruptedException {
    Stretch all = new Stretch(0, Parts.ALL - 1);
    long count = 0;
    for (Map.Entry<Integer, Long> shard : course.shards().entrySet()) {
      DocumentScan scan =
          DocumentScan.byScroll(client, index, OptionalInt.of(shard.getKey()), limit.most(PAGE));
      while (scan.hasMore() && !suspects.isFull()) {
        List<DocumentScan.Hit> chosen =
            patience.call(scan::next).stream()
                .filter(hit -> !course.documentParts().ranges().isDone(part(hit.id())))
                .toList();
        look(chosen);
        count += chosen.size();
      }
    }
    course.documentsDone(all, count, 1);
  }

  private static int part(String id) {
    // Hash codes of like texts are near each other.
    return ((id.hashCode() * 0x9E3779B9) >>> 16) % Parts.ALL;
  }

  private static long start(long numbers, int part) {
    // Without overflow, however many they are.
    return numbers / Parts.ALL * part + numbers % Parts.ALL * part / Parts.ALL;
  }

  private DocumentScan scan(int shard, ArrayNode filter, long upTo) {
    // A page begins with the last number of the one before.
    int page = Math.max(2, limit.most(PAGE));
    return DocumentScan.of(
        client, index, filter, OptionalInt.of(shard), OptionalLong.of(upTo), page);
  }

  private static ArrayNode filter(long from) {
    ArrayNode filter = JsonNodeFactory.instance.arrayNode();
    filter.addObject().putObject("range").putObject("_seq_no").put("gte", from);
    return filter;
  }

  private void look(List<DocumentScan.Hit> hits) throws InterruptedException {
    List<RowKey> asked = new ArrayList<>();
    for (DocumentScan.Hit hit : hits) {
      try {
        asked.add(keys.ofDocumentId(hit.id()));
      } catch (InvalidKeyException e) {
        suspects.addForeign(hit.id(), "its id is no key: " + e.getMessage());
      }
    }
    sides.withoutRow(asked).forEach(suspects::add);
    patience.pause(limit.after(hits.size()));
  }
}
