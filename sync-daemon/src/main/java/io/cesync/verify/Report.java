package io.cesync.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.verify.TableResult.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what a comparison showed: some for people, all as JSON. */
public final class Report {

  private static final int MOST_VALUE = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Report() {}

  /** All of a result for people, a line each. */
  public static List<String> text(TableResult result) {
    List<String> text = new ArrayList<>();
    text.add(result.table() + ": " + summary(result));
    text.addAll(result.lines());
    if (Math.max(result.found().all(), result.asked().all()) > Findings.MOST_LINES) {
      text.add("  … and more; --output FILE writes all");
    }
    if (result.moving() > 0) {
      text.add(
          "  %d keys changed at every look, so nothing is said of them".formatted(result.moving()));
    }
    if (!result.complete()) {
      text.add("  given up: more than %d keys differ".formatted(Suspects.MOST));
    }
    return text;
  }

  /** It in a line. */
  public static String summary(TableResult result) {
    return "%d rows, %d documents%s%s, %s%s"
        .formatted(
            result.rows(),
            result.documents(),
            result.writtenMeanwhile() ? " besides those written meanwhile" : "",
            result.parts() == result.ofParts()
                ? ""
                : " (a sample: %.1f%% of the rows, and as much of the documents)"
                    .formatted(100.0 * result.parts() / result.ofParts()),
            conclusion(result),
            result.asked().all() == 0
                ? ""
                : "; repaired %d of %d (%s)"
                    .formatted(result.repaired(), result.asked().all(), kinds(result.asked())));
  }

  private static String conclusion(TableResult result) {
    Found found = result.found();
    if (found.all() == 0) {
      return result.complete() ? "all equal" : "too much differs";
    }
    return "differences: %d (%s%s)"
        .formatted(
            found.all(),
            kinds(found),
            found.deadLetters() > 0 ? "; " + found.deadLetters() + " are dead letters" : "");
  }

  private static String kinds(Found found) {
    return "%d missing, %d too many, %d different"
        .formatted(found.missing(), found.tooMany(), found.different());
  }

  static String line(Difference found) {
    return "  " + (found.repairing() ? "asked to repair " : "") + told(found);
  }

  private static String told(Difference found) {
    String letter = found.deadLetter() ? " (a dead letter)" : "";
    String reason = found.reason().isEmpty() ? "" : ", " + found.reason();
    return switch (found.kind()) {
      case MISSING -> "missing " + found.id() + ": a row without a document" + reason + letter;
      case TOO_MANY -> "too many " + found.id() + ": a document without a row" + reason + letter;
      case DIFFERENT ->
          "different %s%s%s: row %s, document %s"
              .formatted(
                  found.id(), reason, letter, shortened(found.row()), shortened(found.document()));
    };
  }

  private static String shortened(ObjectNode fields) {
    String text = String.valueOf(fields);
    return text.length() <= MOST_VALUE ? text : text.substring(0, MOST_VALUE) + "…";
  }

  /** One JSON object in a line: table, id, kind, reason, dead_letter, repairing, row, document. */
  public static String json(Difference found) {
    ObjectNode line = JSON.createObjectNode();
    line.put("table", found.table()).put("id", found.id());
    line.put("kind", found.kind().name().toLowerCase(Locale.ROOT));
    line.put("reason", found.reason()).put("dead_letter", found.deadLetter());
    line.put("repairing", found.repairing());
    line.set("row", found.row());
    line.set("document", found.document());
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text that is no JSON", e);
    }
  }
}
