package io.cesync.endtoend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes up values, which tell by their ends what write they are of; only sets also have elements
 * that many writes add and remove. Thread-safe.
 */
final class Values {
  private static final List<String> OFTEN = List.of("p", "q", "r");
  private static final List<String> KEYS = List.of("x", "y", "z");
  private static final List<String> PAIR = List.of("f", "g");
  private static final int MOST_KNOWN = 8;

  /** Elements of lists. */
  private final List<String> known = new ArrayList<>();

  /** A whole value by field, in order; never empty. */
  Map<String, String> whole(Random random, Column column, int number) {
    Map<String, String> values = new LinkedHashMap<>();
    switch (column.type()) {
      case TEXT -> put(values, column, column.name(), column.name() + Op.mark(number));
      case SET -> {
        some(random, OFTEN, 0).forEach(element -> put(values, column, element, element));
        if (values.isEmpty() || random.nextInt(3) > 0) {
          put(values, column, "n" + Op.mark(number), "n" + Op.mark(number));
        }
      }
      case LIST ->
          some(random, KEYS, 1)
              .forEach(
                  each -> {
                    String element = know(each + Op.mark(number));
                    put(values, column, element, element);
                  });
      default ->
          some(random, column.type() == Column.Type.MAP ? KEYS : PAIR, 1)
              .forEach(each -> put(values, column, each, each + Op.mark(number)));
    }
    return values;
  }

  /** One element. */
  Map<String, String> one(Random random, Column column, int number) {
    Map<String, String> values = whole(random, column, number);
    List<String> fields = new ArrayList<>(values.keySet());
    String field = fields.get(random.nextInt(fields.size()));
    return Map.of(field, values.get(field));
  }

  /** One element that a list got some time; none if there is none. */
  synchronized Map<String, String> known(Random random, Column column) {
    if (known.isEmpty()) {
      return Map.of();
    }
    String element = known.get(random.nextInt(known.size()));
    return Map.of(column.field(element), element);
  }

  private synchronized String know(String element) {
    if (known.size() == MOST_KNOWN) {
      known.remove(0);
    }
    known.add(element);
    return element;
  }

  private static void put(Map<String, String> values, Column column, String element, String value) {
    values.put(column.field(element), value);
  }

  private static List<String> some(Random random, List<String> of, int least) {
    List<String> all = new ArrayList<>(of);
    Collections.shuffle(all, random);
    return all.subList(0, least + random.nextInt(of.size() + 1 - least));
  }
}
