package io.cesync.endtoend;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.demo.SearchWriter;
import io.cesync.endtoend.DocumentWrites.DocumentWrite;
import io.cesync.endtoend.Op.Answer;
import io.cesync.endtoend.Op.Kind;
import io.cesync.endtoend.RowWrites.RowWrite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Random writes to a few keys, by one application that writes rows and one that writes documents,
 * at the same time. Both have clocks that are off by seconds. Each value tells which write made it.
 */
final class TwoWayHistory {
  /** Keys of one history. */
  static final int KEYS = 3;

  /** So much clocks are off at most. */
  static final long SKEW = 3_000_000;

  private static final int MOST_PAUSE = 30;

  private final Setup setup;
  private final int firstKey;
  private final TwoWayPair pair;
  private final Judge judge;
  private final RowWrites rowWrites;
  private final DocumentWrites documentWrites;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Random ofRows;
  private final Random ofDocuments;
  private final List<Op> rowOps = Collections.synchronizedList(new ArrayList<>());
  private final List<Op> documentOps = Collections.synchronizedList(new ArrayList<>());

  /** Documents as the application read them some time ago. */
  private final Map<Integer, JsonNode> copies = new HashMap<>();

  private int done;

  TwoWayHistory(long seed, int firstKey, Setup setup, TwoWayPair pair) {
    this.setup = setup;
    this.firstKey = firstKey;
    this.pair = pair;
    this.judge = new Judge(seed, firstKey, KEYS, setup);
    Values values = new Values();
    this.rowWrites = new RowWrites(setup.shape(), values);
    this.documentWrites = new DocumentWrites(setup, values);
    this.ofRows = new Random(seed * 31 + 1);
    this.ofDocuments = new Random(seed * 31 + 2);
  }

  int opCount() {
    return done;
  }

  /** Some writes to rows. */
  void writeRows(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      pause(ofRows);
      writeRow(ofRows);
    }
  }

  /**
   * Some writes to documents.
   *
   * @param stamped whether each has a time
   */
  void writeDocuments(int count, boolean stamped) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      pause(ofDocuments);
      writeDocument(ofDocuments, stamped);
    }
  }

  private static void pause(Random random) throws InterruptedException {
    if (random.nextInt(3) > 0) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_PAUSE));
    }
  }

  private static OptionalLong time(Random random, boolean always) {
    if (!always && random.nextInt(3) > 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(TwoWayPair.micros() + (long) ((random.nextDouble() * 2 - 1) * SKEW));
  }

  private int key(Random random) {
    return firstKey + random.nextInt(KEYS);
  }

  private void writeRow(Random random) {
    int key = key(random);
    int number = numbers.incrementAndGet();
    OptionalLong given = time(random, false);
    RowWrite write = rowWrites.next(random, pair.table(), key, number, given);
    long start = TwoWayPair.micros();
    Answer answer = Answer.DONE;
    try {
      pair.session().execute(SimpleStatement.newInstance(write.cql()).setIdempotent(false));
    } catch (DriverException e) {
      answer = Answer.UNKNOWN;
    }
    rowOps.add(
        new Op(
            number,
            write.kind(),
            key,
            write.change(),
            given,
            OptionalLong.empty(),
            start,
            TwoWayPair.micros(),
            answer));
  }

  /** A request to Elasticsearch. */
  private interface Request {
    SearchWriter.Result send(SearchWriter writer, String index, String id)
        throws IOException, InterruptedException;
  }

  private void writeDocument(Random random, boolean stamped) throws InterruptedException {
    int key = key(random);
    int number = numbers.incrementAndGet();
    int kind = random.nextInt(12);
    OptionalLong given = documentWrites.kept(time(random, stamped));
    if (kind == 0 && setup.dating().seesDeletes()) {
      DocumentWrite delete = DocumentWrite.of(Kind.DOCUMENT_DELETE, Change.NONE, null);
      send(number, key, delete, OptionalLong.empty(), SearchWriter::delete);
    } else if (kind == 0) {
      DocumentWrite mark = documentWrites.mark(given);
      send(number, key, mark, given, (to, index, id) -> to.update(index, id, mark.body()));
    } else if (kind < 5) {
      DocumentWrite update = documentWrites.update(random, key, number, given);
      Request request =
          kind == 1
              ? (to, index, id) -> to.upsert(index, id, update.body())
              : (to, index, id) -> to.update(index, id, update.body());
      send(number, key, update, given, request);
    } else if (kind < 8) {
      DocumentWrite put = documentWrites.put(random, key, number, given);
      send(number, key, put, given, (to, index, id) -> to.put(index, id, put.body()));
    } else {
      writeCopy(random, key, number, given);
    }
    if (random.nextInt(2) == 0) {
      read(key);
    }
  }

  private void read(int key) throws InterruptedException {
    try {
      pair.writer()
          .get(pair.index(), Integer.toString(key))
          .ifPresent(document -> copies.put(key, document));
    } catch (IOException e) {
      // The older copy will do.
      return;
    }
  }

  /** What was read some time ago, with one change, and with its old time, a new one, or none. */
  private void writeCopy(Random random, int key, int number, OptionalLong given)
      throws InterruptedException {
    if (!copies.containsKey(key) || random.nextBoolean()) {
      read(key);
    }
    JsonNode copy = copies.get(key);
    if (copy == null) {
      return;
    }
    DocumentWrite put =
        documentWrites.copy(random, copy, key, number, given, random.nextInt(3) > 0);
    send(number, key, put, given, (to, index, id) -> to.put(index, id, put.body()));
  }

  private void send(int number, int key, DocumentWrite write, OptionalLong given, Request request)
      throws InterruptedException {
    long start = TwoWayPair.micros();
    Answer answer;
    Kind kind = write.kind();
    Change change = write.change();
    try {
      SearchWriter.Result result = request.send(pair.writer(), pair.index(), Integer.toString(key));
      answer = result == SearchWriter.Result.NOTHING ? Answer.NOTHING : Answer.DONE;
      if (kind == Kind.UPDATE && result == SearchWriter.Result.CREATED) {
        kind = Kind.PUT;
        change = DocumentWrites.asNew(change);
      }
    } catch (IOException e) {
      answer = Answer.UNKNOWN;
    }
    documentOps.add(
        new Op(
            number, kind, key, change, given, write.stale(), start, TwoWayPair.micros(), answer));
  }

  /**
   * Both sides have agreed for the first time.
   *
   * @param rows all rows
   * @param documents all that there were before the daemon came
   * @param beganAt when the waiting for it began
   * @return what is wrong
   */
  List<String> first(Map<Integer, Cells> rows, Map<Integer, JsonNode> documents, long beganAt) {
    List<String> problems = judge.first(rows, rowOps, documents, beganAt);
    clear();
    return problems;
  }

  /**
   * Both sides have agreed.
   *
   * @param rows all rows
   * @param beganAt when the waiting for it began: after the last write
   * @param disturbed whether anything failed since the last time
   * @return what is wrong
   */
  List<String> agreed(Map<Integer, Cells> rows, long beganAt, boolean disturbed) {
    List<String> problems = judge.agreed(rows, rowOps, documentOps, beganAt, disturbed);
    clear();
    return problems;
  }

  private void clear() {
    int before = rowOps.size() + documentOps.size();
    // What wasn't answered may be in the batch log yet, and take place later.
    rowOps.removeIf(op -> op.answer() != Answer.UNKNOWN);
    documentOps.clear();
    done += before - rowOps.size();
  }
}
