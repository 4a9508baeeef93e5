package io.cesync.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where in a file each name may stand: for a right key in a wrong section. */
record Places(Map<String, List<String>> byName) {
  static final Places NONE = new Places(Map.of());

  /** All places below a record. */
  static Places of(Class<? extends Record> type) {
    Places places = new Places(new LinkedHashMap<>());
    places.add(type, "");
    return places;
  }

  private void add(Class<? extends Record> type, String path) {
    for (Key key : Key.of(type)) {
      byName.computeIfAbsent(key.name(), name -> new ArrayList<>()).add(path + key.name());
      if (key.shape() instanceof Shape.Section section) {
        add(section.type(), path + key.name() + ".");
      } else if (key.shape() instanceof Shape.ListOf list
          && list.element() instanceof Shape.Section section) {
        add(section.type(), path + key.name() + "[].");
      }
    }
  }

  /** The places where a name may stand, as text; empty if there is none. */
  Optional<String> of(String name) {
    return Optional.ofNullable(byName.get(name)).map(places -> String.join(" or ", places));
  }
}
