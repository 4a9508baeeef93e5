package io.cesync.endtoend;

import io.cesync.endtoend.Op.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** Random writes to rows, as CQL. */
final class RowWrites {
  private static final double NOTHING = 0.15;

  private final Shape shape;
  private final Values made;

  /**
   * @param made of one history
   */
  RowWrites(Shape shape, Values made) {
    this.shape = shape;
    this.made = made;
  }

  /** One write. */
  record RowWrite(Kind kind, Change change, String cql) {}

  /** A part of an UPDATE: what it says, and what it makes of fields. */
  private record Assignment(String cql, Map<String, String> values, boolean whole, boolean read) {}

  RowWrite next(Random random, String table, int key, int number, OptionalLong given) {
    String using = given.isPresent() ? " USING TIMESTAMP " + given.getAsLong() : "";
    int kind = random.nextInt(10);
    if (kind == 0) {
      return new RowWrite(
          Kind.ROW_DELETE,
          Change.NONE,
          "DELETE FROM %s%s WHERE k = %d".formatted(table, using, key));
    }
    List<Column> columns = new ArrayList<>(shape.columns());
    Collections.shuffle(columns, random);
    List<Column> some = columns.subList(0, kind < 4 ? columns.size() : 1 + random.nextInt(2));
    return kind < 5
        ? insert(random, some, table, key, number, using)
        : update(random, some, table, key, number, using);
  }

  private RowWrite insert(
      Random random, List<Column> columns, String table, int key, int number, String using) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> whole = new HashSet<>();
    List<String> literals = new ArrayList<>();
    for (Column column : columns) {
      Assignment each = whole(random, column, number);
      values.putAll(each.values);
      literals.add(each.cql);
      if (each.whole) {
        whole.add(column.name());
      }
    }
    return new RowWrite(
        Kind.CELLS,
        new Change(values, whole, Set.of(), Set.of()),
        "INSERT INTO %s (k, %s) VALUES (%d, %s)%s"
            .formatted(
                table,
                String.join(", ", columns.stream().map(Column::name).toList()),
                key,
                String.join(", ", literals),
                using));
  }

  private RowWrite update(
      Random random, List<Column> columns, String table, int key, int number, String using) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> whole = new HashSet<>();
    Set<String> read = new HashSet<>();
    List<String> parts = new ArrayList<>();
    for (Column column : columns) {
      Assignment each = assignment(random, column, number);
      values.putAll(each.values);
      parts.add(each.cql);
      if (each.whole) {
        whole.add(column.name());
      }
      if (each.read) {
        read.add(column.name());
      }
    }
    return new RowWrite(
        Kind.CELLS,
        new Change(values, whole, Set.of(), read),
        "UPDATE %s%s SET %s WHERE k = %d".formatted(table, using, String.join(", ", parts), key));
  }

  /** A column as a whole. */
  private Assignment whole(Random random, Column column, int number) {
    Map<String, String> values =
        random.nextDouble() < NOTHING ? Map.of() : made.whole(random, column, number);
    if (values.isEmpty()) {
      values = column.isText() ? Collections.singletonMap(column.name(), null) : Map.of();
      return new Assignment("null", values, !column.isText(), false);
    }
    return new Assignment(column.literal(values), values, !column.isText(), false);
  }

  private Assignment assignment(Random random, Column column, int number) {
    if (column.isText() || random.nextInt(4) == 0) {
      Assignment whole = whole(random, column, number);
      return new Assignment(
          column.name() + " = " + whole.cql, whole.values, whole.whole, whole.read);
    }
    boolean removes = random.nextInt(3) == 0;
    return switch (column.type()) {
      case SET -> {
        Map<String, String> one = made.one(random, column, number);
        yield removes
            ? added(column, "%1$s - %2$s", column.literal(one), nothing(one), false)
            : added(column, "%1$s + %2$s", column.literal(one), one, false);
      }
      case LIST -> {
        Map<String, String> one = removes ? made.known(random, column) : Map.of();
        if (!one.isEmpty()) {
          // It takes those that are there when it is executed.
          yield added(column, "%1$s - %2$s", column.literal(one), nothing(one), true);
        }
        one = made.one(random, column, number);
        boolean inFront = random.nextBoolean();
        yield added(
            column, inFront ? "%2$s + %1$s" : "%1$s + %2$s", column.literal(one), one, false);
      }
      case MAP -> {
        Map<String, String> one = made.one(random, column, number);
        yield removes || random.nextBoolean()
            ? element(column, one, "%s['%s']", removes)
            : added(column, "%1$s + %2$s", column.literal(one), one, false);
      }
      default -> element(column, made.one(random, column, number), "%s.%s", removes);
    };
  }

  private static Assignment added(
      Column column, String form, String literal, Map<String, String> values, boolean read) {
    return new Assignment(
        column.name() + " = " + form.formatted(column.name(), literal), values, false, read);
  }

  private static Assignment element(
      Column column, Map<String, String> one, String place, boolean removes) {
    Map<String, String> values = removes ? nothing(one) : one;
    String field = values.keySet().iterator().next();
    return new Assignment(
        place.formatted(column.name(), Column.element(field))
            + " = "
            + Column.quoted(values.get(field)),
        values,
        false,
        false);
  }

  private static Map<String, String> nothing(Map<String, String> values) {
    Map<String, String> none = new LinkedHashMap<>();
    values.keySet().forEach(field -> none.put(field, null));
    return none;
  }
}
