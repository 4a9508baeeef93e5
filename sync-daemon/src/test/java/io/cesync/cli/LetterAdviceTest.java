package io.cesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cesync.deadletter.Letter;
import io.cesync.settings.Direction;
import io.cesync.settings.TableName;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LetterAdviceTest {

  private static String advice(Direction direction, String key, boolean isRow) {
    Letter letter =
        new Letter(direction.toString(), key, Instant.EPOCH, "reason", Optional.empty());
    return LetterAdvice.of(new TableName("shop", "t"), letter, isRow);
  }

  @Test
  void commandsCanBeCopiedIntoAShell() {
    assertThat(advice(Direction.CASSANDRA_TO_ELASTICSEARCH, "{\"k\":\"it's 5%\"}", true))
        .contains("mapping", "resync shop.t")
        .contains("./run.sh dead-letters retry shop.t '{\"k\":\"it'\\''s 5%\"}'  tries it now");
  }

  @Test
  void whatCannotBeTriedIsOnlyToBeDropped() {
    assertThat(advice(Direction.CASSANDRA_TO_ELASTICSEARCH, "no JSON", false))
        .contains("drop shop.t 'no JSON'")
        .doesNotContain("retry");
    assertThat(advice(Direction.ELASTICSEARCH_TO_CASSANDRA, "\"id\"", false))
        .contains("delete the document", "retry shop.t '\"id\"'");
  }

  @Test
  void onlyYesIsYes() {
    StringWriter asked = new StringWriter();
    PrintWriter out = new PrintWriter(asked);
    assertThat(LettersDrop.confirmed("5 dead letters", new StringReader("yes\n"), out)).isTrue();
    assertThat(asked.toString()).startsWith("Drop 5 dead letters? ");
    for (String answer : new String[] {"", "\n", "y\n", "no\n"}) {
      assertThat(LettersDrop.confirmed("all", new StringReader(answer), out)).isFalse();
    }
  }

  @Test
  void reasonsAreShortenedToALine() {
    assertThat(LettersList.shortened("a\n  b")).isEqualTo("a b");
    assertThat(LettersList.shortened("x".repeat(500))).hasSize(240).endsWith("x…");
  }
}
