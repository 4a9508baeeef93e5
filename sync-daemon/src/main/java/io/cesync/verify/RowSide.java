package io.cesync.verify;

import io.cesync.row.RowImage;
import io.cesync.row.RowKey;
import io.cesync.row.RowPage;
import io.cesync.snapshot.TokenSplit;
import io.cesync.verify.Parts.Stretch;
import java.util.ArrayList;
import java.util.List;

/** Compares the rows of token ranges with their documents. Thread-safe. */
final class RowSide {

  private final Sides sides;
  private final Comparison comparison;
  private final Suspects suspects;
  private final Patience patience;
  private final RateLimit limit;
  private final Pages pages;

  RowSide(
      Sides sides,
      Comparison comparison,
      Suspects suspects,
      Patience patience,
      RateLimit limit,
      int mostRows) {
    this.sides = sides;
    this.comparison = comparison;
    this.suspects = suspects;
    this.patience = patience;
    this.limit = limit;
    this.pages = new Pages(limit.most(mostRows));
  }

  /** Compares all rows of a stretch. */
  void compare(Stretch stretch, Course course) throws InterruptedException {
    long after = TokenSplit.of(stretch.first(), Parts.ALL).after();
    long to = TokenSplit.of(stretch.last(), Parts.ALL).to();
    RowPage page = patience.call(() -> sides.scanner().tokens(after, to, pages.rows()));
    long count = compare(page);
    int requests = 1;
    while (page.next().isPresent() && !suspects.isFull()) {
      RowPage before = page;
      page = patience.call(() -> before.next().orElseThrow().apply(pages.rows()));
      count += compare(page);
      requests++;
    }
    course.rowsDone(stretch, count, requests);
  }

  private int compare(RowPage page) throws InterruptedException {
    List<RowKey> keys = page.rows().stream().map(RowImage::key).toList();
    if (keys.isEmpty()) {
      return 0;
    }
    List<byte[]> rows = new ArrayList<>(keys.size());
    page.rows().forEach(row -> rows.add(row.document()));
    List<byte[]> documents = sides.documents(keys);
    long rowBytes = 0;
    long documentBytes = 0;
    for (int i = 0; i < keys.size(); i++) {
      byte[] row = rows.get(i);
      byte[] document = documents.get(i);
      rowBytes += row.length;
      documentBytes += document == null ? 0 : document.length;
      if (comparison.compare(sides.id(keys.get(i)), row, document).isPresent()) {
        suspects.add(keys.get(i));
      }
    }
    pages.saw(keys.size(), Math.max(rowBytes, documentBytes));
    patience.pause(limit.after(keys.size()));
    return keys.size();
  }
}
