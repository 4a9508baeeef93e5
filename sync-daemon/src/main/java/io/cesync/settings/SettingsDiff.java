package io.cesync.settings;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What differs between two settings files, setting by setting. Secrets are masked. */
public final class SettingsDiff {
  /** Those that connections, the lock and the HTTP server are made of. */
  private static final List<String> AT_START_ONLY =
      List.of("cassandra.", "elasticsearch.", "state_file", "log.format", "http.");

  /** One setting; a table that came or went is {@code tables[name]}. */
  private record Change(String path, String text) {}

  private final List<Change> changes = new ArrayList<>();

  private SettingsDiff() {}

  public static SettingsDiff between(Settings before, Settings after) {
    SettingsDiff diff = new SettingsDiff();
    diff.records("", before, after);
    return diff;
  }

  /** One text a setting, such as {@code interval: 1s -> 200ms}; empty if all are the same. */
  public List<String> changed() {
    return changes.stream().map(Change::text).toList();
  }

  /** Those of them that a running daemon can't take. */
  public List<String> atStartOnly() {
    return changes.stream()
        .filter(change -> AT_START_ONLY.stream().anyMatch(change.path()::startsWith))
        .map(Change::text)
        .toList();
  }

  private void records(String prefix, Record before, Record after) {
    for (RecordComponent component : before.getClass().getRecordComponents()) {
      String path =
          prefix + component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      values(path, value(component, before), value(component, after));
    }
  }

  private void values(String path, Object before, Object after) {
    if (path.equals("tables")) {
      tables(byName((List<?>) before), byName((List<?>) after));
    } else if (isGroup(before)) {
      records(path + ".", (Record) before, (Record) after);
    } else if (!before.equals(after)) {
      changes.add(new Change(path, "%s: %s -> %s".formatted(path, shown(before), shown(after))));
    }
  }

  private void tables(Map<TableName, TableSettings> before, Map<TableName, TableSettings> after) {
    before.forEach(
        (name, table) -> {
          String path = "tables[" + name + "]";
          if (after.containsKey(name)) {
            records(path + ".", table, after.get(name));
          } else {
            changes.add(new Change(path, path + ": removed"));
          }
        });
    after.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .map(name -> "tables[" + name + "]")
        .forEach(path -> changes.add(new Change(path, path + ": added")));
  }

  private static Map<TableName, TableSettings> byName(List<?> tables) {
    Map<TableName, TableSettings> named = new LinkedHashMap<>();
    tables.stream()
        .map(TableSettings.class::cast)
        .forEach(table -> named.put(table.table(), table));
    return named;
  }

  private static boolean isGroup(Object value) {
    return value instanceof Record
        && Stream.of(ByteSize.class, HostPort.class, TableName.class)
            .noneMatch(single -> single.isInstance(value));
  }

  private static String shown(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(SettingsDiff::shown).orElse("none");
    }
    return value instanceof Duration duration ? Durations.format(duration) : value.toString();
  }

  private static Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
