package io.cesync.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells what a comparison showed: some for people, all as JSON lines. */
public final class Report {

  private static final int MOST_SHOWN = 20;
  private static final int MOST_VALUE = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Report() {}

  /** Writes a line or more for people. */
  public static void text(TableResult result, PrintWriter out) {
    out.printf(
        "%s: %d rows, %d documents, %s%n",
        result.table(), result.rows(), result.documents(), conclusion(result));
    result.differences().stream().limit(MOST_SHOWN).forEach(found -> out.println(line(found)));
    if (result.differences().size() > MOST_SHOWN) {
      out.printf(
          "  … and %d more; --output FILE writes all%n", result.differences().size() - MOST_SHOWN);
    }
    if (result.repaired() > 0) {
      out.printf("  repaired %d%n", result.repaired());
    }
    if (result.moving() > 0) {
      out.printf("  %d keys changed at every look, so nothing is said of them%n", result.moving());
    }
    if (!result.complete()) {
      out.printf("  given up: more than %d keys differ%n", Suspects.MOST);
    }
  }

  private static String conclusion(TableResult result) {
    if (result.isEqual()) {
      return "all equal";
    }
    long letters = result.differences().stream().filter(Difference::deadLetter).count();
    return "differences: "
        + result.differences().size()
        + (letters > 0 ? " (" + letters + " of them dead letters)" : "");
  }

  private static String line(Difference found) {
    String letter = found.deadLetter() ? " (a dead letter)" : "";
    String reason = found.reason().isEmpty() ? "" : ", " + found.reason();
    return switch (found.kind()) {
      case MISSING -> "  missing " + found.id() + ": a row without a document" + letter;
      case TOO_MANY -> "  too many " + found.id() + ": a document without a row" + reason + letter;
      case DIFFERENT ->
          "  different %s%s%s: row %s, document %s"
              .formatted(
                  found.id(), reason, letter, shortened(found.row()), shortened(found.document()));
    };
  }

  private static String shortened(ObjectNode fields) {
    String text = String.valueOf(fields);
    return text.length() <= MOST_VALUE ? text : text.substring(0, MOST_VALUE) + "…";
  }

  /** Writes one JSON object a line: table, id, kind, reason, dead_letter, row, document. */
  public static void json(TableResult result, PrintWriter out) throws JsonProcessingException {
    for (Difference found : result.differences()) {
      ObjectNode line = JSON.createObjectNode();
      line.put("table", found.table()).put("id", found.id());
      line.put("kind", found.kind().name().toLowerCase(Locale.ROOT));
      line.put("reason", found.reason()).put("dead_letter", found.deadLetter());
      line.set("row", found.row());
      line.set("document", found.document());
      out.println(JSON.writeValueAsString(line));
    }
  }
}
