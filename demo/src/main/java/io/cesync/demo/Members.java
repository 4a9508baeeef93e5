package io.cesync.demo;

import java.util.List;

/** Nothing but a primary key. */
record Members(int keys) implements DocumentWrites {
  @Override
  public String name() {
    return "members";
  }

  @Override
  public String about() {
    return "nothing but a primary key";
  }

  @Override
  public List<String> schema(String keyspace) {
    return List.of(
        "CREATE TABLE %s.members (team text, since date, person int, PRIMARY KEY (team, since, person)) WITH CLUSTERING ORDER BY (since DESC, person ASC)"
            .formatted(keyspace));
  }

  @Override
  public String write(String table, Choice choice, Using using) {
    String team = "team = " + team(choice);
    return switch (choice.weighted(70, 20, 7, 3)) {
      case 0 -> insert(table, choice, "") + using.clause();
      case 1 ->
          "DELETE FROM %s%s WHERE %s AND since = %s AND person = %d"
              .formatted(table, using.ofDelete(), team, since(choice), person(choice));
      case 2 ->
          "DELETE FROM %s%s WHERE %s AND since = %s"
              .formatted(table, using.ofDelete(), team, since(choice));
      default -> "DELETE FROM %s%s WHERE %s".formatted(table, using.ofDelete(), team);
    };
  }

  @Override
  public String conditional(String table, Choice choice, Using using) {
    return choice.chance(0.7)
        ? insert(table, choice, " IF NOT EXISTS") + using.clause()
        : "DELETE FROM %s WHERE team = %s AND since = %s AND person = %d IF EXISTS"
            .formatted(table, team(choice), since(choice), person(choice));
  }

  @Override
  public DocumentWrite document(Choice choice) {
    return DocumentWrite.of(
        DocumentWrite.object()
            .put("team", choice.of("red", "blue", "[\"green\"]", "{}"))
            .put("since", choice.of("2020-02-29", "1969-12-31", "-0001-01-01"))
            .put("person", person(choice)),
        DocumentWrite.object());
  }

  private String insert(String table, Choice choice, String condition) {
    return "INSERT INTO %s (team, since, person) VALUES (%s, %s, %d)%s"
        .formatted(table, team(choice), since(choice), person(choice), condition);
  }

  private static String team(Choice choice) {
    return choice.of("'red'", "'blue'", "'[\"green\"]'", "'{}'");
  }

  private static String since(Choice choice) {
    return choice.of("'2020-02-29'", "'1969-12-31'", "'-0001-01-01'");
  }

  private int person(Choice choice) {
    return choice.below(Math.max(1, keys / 12));
  }
}
