package io.cesync.endtoend;

import static io.cesync.endtoend.TwoWayPair.FIELDS;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.demo.SearchWriter;
import io.cesync.endtoend.Op.Answer;
import io.cesync.endtoend.Op.Kind;
import io.cesync.mapping.TimestampField;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Random writes to a few keys, by one application that writes rows and one that writes documents,
 * at the same time. Both have clocks that are off by seconds. Each value tells which write made it.
 */
final class TwoWayHistory {
  /** Keys of one history. */
  static final int KEYS = 3;

  private static final long SKEW = 3_000_000;
  private static final int MOST_PAUSE = 30;

  private final long seed;
  private final int firstKey;
  private final TwoWayPair pair;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Random ofRows;
  private final Random ofDocuments;
  private final List<Op> rowOps = Collections.synchronizedList(new ArrayList<>());
  private final List<Op> documentOps = Collections.synchronizedList(new ArrayList<>());
  private final List<Op> all = new ArrayList<>();

  /** Documents as the application read them some time ago. */
  private final Map<Integer, JsonNode> copies = new HashMap<>();

  private final Map<Integer, Cells> before = new HashMap<>();
  private final Map<Integer, Long> newest = new HashMap<>();
  private long agreedAt;

  TwoWayHistory(long seed, int firstKey, TwoWayPair pair) {
    this.seed = seed;
    this.firstKey = firstKey;
    this.pair = pair;
    this.ofRows = new Random(seed * 31 + 1);
    this.ofDocuments = new Random(seed * 31 + 2);
  }

  long seed() {
    return seed;
  }

  int opCount() {
    return all.size();
  }

  /** Some writes to rows. */
  void writeRows(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      pause(ofRows);
      writeRow(ofRows);
    }
  }

  /** Some writes to documents. */
  void writeDocuments(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      pause(ofDocuments);
      writeDocument(ofDocuments);
    }
  }

  private static void pause(Random random) throws InterruptedException {
    if (random.nextInt(3) > 0) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_PAUSE));
    }
  }

  private static long skewed(Random random) {
    return TwoWayPair.micros() + (long) ((random.nextDouble() * 2 - 1) * SKEW);
  }

  private void writeRow(Random random) {
    int key = firstKey + random.nextInt(KEYS);
    int number = numbers.incrementAndGet();
    OptionalLong given =
        random.nextInt(3) == 0 ? OptionalLong.of(skewed(random)) : OptionalLong.empty();
    String using = given.isPresent() ? " USING TIMESTAMP " + given.getAsLong() : "";
    int kind = random.nextInt(10);
    if (kind == 0) {
      execute(
          number,
          Kind.ROW_DELETE,
          key,
          Map.of(),
          given,
          "DELETE FROM %s%s WHERE k = %d".formatted(pair.table(), using, key));
      return;
    }
    Map<String, String> values = values(random, number, kind < 4 ? 3 : 1 + random.nextInt(2), 0.15);
    List<String> names = List.copyOf(values.keySet());
    if (kind < 5) {
      execute(
          number,
          Kind.CELLS,
          key,
          values,
          given,
          "INSERT INTO %s (k, %s) VALUES (%d, %s)%s"
              .formatted(
                  pair.table(),
                  String.join(", ", names),
                  key,
                  String.join(", ", names.stream().map(n -> literal(values.get(n))).toList()),
                  using));
    } else {
      execute(
          number,
          Kind.CELLS,
          key,
          values,
          given,
          "UPDATE %s%s SET %s WHERE k = %d"
              .formatted(
                  pair.table(),
                  using,
                  String.join(
                      ", ", names.stream().map(n -> n + " = " + literal(values.get(n))).toList()),
                  key));
    }
  }

  private static String literal(String value) {
    return value == null ? "null" : "'" + value + "'";
  }

  /** Of so many fields, in random order, some of them to be nothing. */
  private static Map<String, String> values(Random random, int number, int fields, double nothing) {
    List<String> names = new ArrayList<>(FIELDS);
    Collections.shuffle(names, random);
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : names.subList(0, fields)) {
      values.put(name, random.nextDouble() < nothing ? null : name + number);
    }
    return values;
  }

  private void execute(
      int number, Kind kind, int key, Map<String, String> values, OptionalLong given, String cql) {
    long start = TwoWayPair.micros();
    Answer answer = Answer.DONE;
    try {
      pair.session().execute(SimpleStatement.newInstance(cql).setIdempotent(false));
    } catch (DriverException e) {
      answer = Answer.UNKNOWN;
    }
    rowOps.add(
        new Op(
            number,
            kind,
            key,
            values,
            Set.of(),
            given,
            OptionalLong.empty(),
            start,
            TwoWayPair.micros(),
            answer));
  }

  /** A request to Elasticsearch. */
  private interface Request {
    SearchWriter.Result send() throws IOException, InterruptedException;
  }

  private void writeDocument(Random random) throws InterruptedException {
    int key = firstKey + random.nextInt(KEYS);
    String id = Integer.toString(key);
    int number = numbers.incrementAndGet();
    int kind = random.nextInt(12);
    OptionalLong given =
        random.nextInt(3) == 0 ? OptionalLong.of(skewed(random)) : OptionalLong.empty();
    if (kind == 0) {
      send(
          number,
          Kind.DOCUMENT_DELETE,
          key,
          Map.of(),
          Set.of(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          () -> pair.writer().delete(pair.index(), id));
    } else if (kind < 5) {
      Map<String, String> values = values(random, number, 1 + random.nextInt(2), 0.1);
      ObjectNode fields = document(key, values, given);
      boolean upsert = kind == 1;
      send(
          number,
          Kind.UPDATE,
          key,
          values,
          Set.of(),
          given,
          OptionalLong.empty(),
          () ->
              upsert
                  ? pair.writer().upsert(pair.index(), id, fields)
                  : pair.writer().update(pair.index(), id, fields));
    } else if (kind < 8) {
      Map<String, String> values = values(random, number, 3, 0.25);
      ObjectNode document = document(key, values, given);
      send(
          number,
          Kind.PUT,
          key,
          values,
          Set.of(),
          given,
          OptionalLong.empty(),
          () -> pair.writer().put(pair.index(), id, document));
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
    Map<String, String> values = new LinkedHashMap<>();
    for (String field : FIELDS) {
      values.put(field, copy.path(field).asText(null));
    }
    Map<String, String> change = values(random, number, 1, 0.1);
    values.putAll(change);
    ObjectNode document = document(key, values, given);
    OptionalLong stale = OptionalLong.empty();
    if (given.isEmpty() && copy.has(TimestampField.USUAL) && random.nextInt(3) > 0) {
      document.set(TimestampField.USUAL, copy.path(TimestampField.USUAL));
      stale = OptionalLong.of(micros(copy.path(TimestampField.USUAL).asText()));
    }
    Set<String> copied = new HashSet<>(FIELDS);
    copied.removeAll(change.keySet());
    send(
        number,
        Kind.PUT,
        key,
        values,
        copied,
        given,
        stale,
        () -> pair.writer().put(pair.index(), Integer.toString(key), document));
  }

  private static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  private static ObjectNode document(int key, Map<String, String> values, OptionalLong given) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("k", key);
    values.forEach(
        (field, value) -> {
          if (value != null || values.size() < FIELDS.size()) {
            document.put(field, value);
          }
        });
    given.ifPresent(
        at ->
            document.put(
                TimestampField.USUAL, Instant.EPOCH.plus(at, ChronoUnit.MICROS).toString()));
    return document;
  }

  private void send(
      int number,
      Kind kind,
      int key,
      Map<String, String> values,
      Set<String> copied,
      OptionalLong given,
      OptionalLong stale,
      Request request)
      throws InterruptedException {
    long start = TwoWayPair.micros();
    Answer answer;
    Kind done = kind;
    Map<String, String> written = values;
    try {
      SearchWriter.Result result = request.send();
      answer = result == SearchWriter.Result.NOTHING ? Answer.NOTHING : Answer.DONE;
      if (kind == Kind.UPDATE && result == SearchWriter.Result.CREATED) {
        done = Kind.PUT;
        written = new LinkedHashMap<>();
        for (String field : FIELDS) {
          written.put(field, values.get(field));
        }
      }
    } catch (IOException e) {
      answer = Answer.UNKNOWN;
    }
    documentOps.add(
        new Op(
            number, done, key, written, copied, given, stale, start, TwoWayPair.micros(), answer));
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
    long now = TwoWayPair.micros();
    List<String> problems = new ArrayList<>();
    for (int key = firstKey; key < firstKey + KEYS; key++) {
      Phase phase =
          new Phase(
              before.getOrDefault(key, Cells.NONE),
              newest.getOrDefault(key, 0L),
              agreedAt,
              now,
              disturbed,
              of(key, rowOps),
              of(key, documentOps));
      Cells after = rows.getOrDefault(key, Cells.NONE);
      for (String field : FIELDS) {
        int at = key;
        phase
            .judge(field, after)
            .ifPresent(wrong -> problems.add(text(phase, at, after, disturbed) + wrong));
      }
      before.put(key, after);
      newest.put(key, phase.newestAfter());
    }
    agreedAt = beganAt;
    // What wasn't answered may be in the batch log yet, and take place later.
    rowOps.stream().filter(op -> op.answer() != Answer.UNKNOWN).forEach(all::add);
    rowOps.removeIf(op -> op.answer() != Answer.UNKNOWN);
    all.addAll(documentOps);
    documentOps.clear();
    return problems;
  }

  private String text(Phase phase, int key, Cells after, boolean disturbed) {
    List<Op> ops = new ArrayList<>(phase.ofRow());
    ops.addAll(phase.ofDocument());
    ops.sort((one, other) -> Long.compare(one.start(), other.start()));
    return "seed %d, key %d%s%nbefore %s%n%s%nafter %s%n"
        .formatted(
            seed,
            key,
            disturbed ? ", disturbed" : "",
            phase.before(),
            String.join("\n", ops.stream().map(Op::toString).toList()),
            after);
  }

  private static List<Op> of(int key, List<Op> ops) {
    return ops.stream().filter(op -> op.key() == key).toList();
  }
}
