package io.cesync.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.endtoend.Op.Kind;
import io.cesync.mapping.TimestampField;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** Random writes to documents. */
final class DocumentWrites {
  /** The field by which documents are marked as deleted. */
  static final String MARK = "gone";

  private final Shape shape;
  private final Dating dating;
  private final Values made;

  /**
   * @param made of one history
   */
  DocumentWrites(Setup setup, Values made) {
    this.shape = setup.shape();
    this.dating = setup.dating();
    this.made = made;
  }

  /**
   * One write.
   *
   * @param body the whole document, or the fields that change
   * @param stale the time that it took over from an older document
   */
  record DocumentWrite(Kind kind, Change change, ObjectNode body, OptionalLong stale) {
    static DocumentWrite of(Kind kind, Change change, ObjectNode body) {
      return new DocumentWrite(kind, change, body, OptionalLong.empty());
    }
  }

  /** What documents keep of a time that is given to them. */
  OptionalLong kept(OptionalLong given) {
    return given.isPresent() ? OptionalLong.of(dating.kept(given.getAsLong())) : given;
  }

  DocumentWrite mark(OptionalLong given) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put(MARK, true);
    stamp(body, given);
    return DocumentWrite.of(Kind.MARK, Change.NONE, body);
  }

  /** Some fields change. Of objects, only what is written. */
  DocumentWrite update(Random random, int key, int number, OptionalLong given) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> whole = new HashSet<>();
    Set<String> merged = new HashSet<>();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("k", key);
    for (Column column : some(random, 1 + random.nextInt(2))) {
      Map<String, String> each = values(random, column, number, 0.1);
      values.putAll(each);
      if (each.isEmpty() || (column.isText() && each.get(column.name()) == null)) {
        body.putNull(column.name());
        whole.add(column.name());
      } else {
        body.set(column.name(), column.json(each));
        (column.isObject() ? merged : whole).add(column.name());
      }
    }
    whole.removeIf(values::containsKey);
    stamp(body, given);
    return DocumentWrite.of(Kind.UPDATE, new Change(values, whole, merged, Set.of()), body);
  }

  /** All of a document anew. */
  DocumentWrite put(Random random, int key, int number, OptionalLong given) {
    Map<String, String> values = new LinkedHashMap<>();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("k", key);
    for (Column column : shape.columns()) {
      set(body, values, column, values(random, column, number, 0.25));
    }
    stamp(body, given);
    return DocumentWrite.of(Kind.PUT, new Change(values, Set.of(), Set.of(), Set.of()), body);
  }

  /**
   * What was read some time ago, with one change.
   *
   * @param keepsTime whether the old time is kept if no other is given
   */
  DocumentWrite copy(
      Random random, JsonNode copy, int key, int number, OptionalLong given, boolean keepsTime) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> read = new HashSet<>();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("k", key);
    Column changed = some(random, 1).get(0);
    for (Column column : shape.columns()) {
      Map<String, String> each = new LinkedHashMap<>(column.read(copy));
      each.keySet().removeIf(Column::isOrder);
      if (!column.equals(changed)) {
        read.add(column.name());
      } else if (random.nextInt(10) == 0) {
        each.clear();
      } else if (!each.isEmpty() && !column.isText() && random.nextInt(3) == 0) {
        List<String> fields = List.copyOf(each.keySet());
        each.remove(fields.get(random.nextInt(fields.size())));
      } else {
        each.putAll(made.one(random, column, number));
      }
      set(body, values, column, each);
    }
    stamp(body, given);
    OptionalLong stale = given.isEmpty() && keepsTime ? repeatable(copy) : OptionalLong.empty();
    if (stale.isPresent()) {
      body.set(TimestampField.USUAL, copy.path(TimestampField.USUAL));
    }
    return new DocumentWrite(Kind.PUT, new Change(values, Set.of(), Set.of(), read), body, stale);
  }

  private OptionalLong repeatable(JsonNode copy) {
    if (!copy.has(TimestampField.USUAL)) {
      return OptionalLong.empty();
    }
    long time = micros(copy.path(TimestampField.USUAL).asText());
    return dating.mayBeRepeated(time, TwoWayPair.micros())
        ? OptionalLong.of(time)
        : OptionalLong.empty();
  }

  /** What becomes of an update if there was no document. */
  static Change asNew(Change update) {
    return Change.of(update.values());
  }

  private static void set(
      ObjectNode body, Map<String, String> values, Column column, Map<String, String> each) {
    values.putAll(each);
    if (!each.isEmpty() && !each.containsValue(null)) {
      body.set(column.name(), column.json(each));
    }
  }

  private Map<String, String> values(Random random, Column column, int number, double nothing) {
    if (random.nextDouble() >= nothing) {
      return made.whole(random, column, number);
    }
    return column.isText() ? Collections.singletonMap(column.name(), null) : Map.of();
  }

  private List<Column> some(Random random, int count) {
    List<Column> columns = new ArrayList<>(shape.columns());
    Collections.shuffle(columns, random);
    return columns.subList(0, count);
  }

  private static void stamp(ObjectNode document, OptionalLong given) {
    given.ifPresent(
        at ->
            document.put(
                TimestampField.USUAL, Instant.EPOCH.plus(at, ChronoUnit.MICROS).toString()));
  }

  static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }
}
