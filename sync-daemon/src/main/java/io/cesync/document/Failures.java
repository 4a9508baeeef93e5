package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.document.WriteResult.Conflict;
import io.cesync.document.WriteResult.Rejected;
import io.cesync.document.WriteResult.Retry;
import io.cesync.document.WriteResult.Scope;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what an error means for a document: the status first, then the error's type. The only place
 * that does.
 */
final class Failures {

  private static final Pattern CURRENT_VERSION =
      Pattern.compile("current (?:version )?\\[(\\d+)\\]");

  /** The index can't take writes now; whoever runs it has to mend that. */
  private static final Set<String> INDEX_TYPES =
      Set.of(
          "cluster_block_exception",
          "index_closed_exception",
          "index_not_found_exception",
          "security_exception",
          "index_create_block_exception");

  /** Elasticsearch 7.17 says the last where others say the first. */
  private static final Set<String> FOR_GOOD_WHEN_READ =
      Set.of("routing_missing_exception", "illegal_argument_exception", "null_pointer_exception");

  private Failures() {}

  /**
   * Of one item of a bulk.
   *
   * @param error {@code {type, reason, caused_by}}, or missing
   */
  static WriteResult ofItem(int status, JsonNode error) {
    String type = error.path("type").asText();
    if (status == 409) {
      return new Conflict(currentVersion(error.path("reason").asText()));
    }
    // Before the status: an index that is read-only because of a full disk answers 429.
    if (INDEX_TYPES.contains(type)) {
      return new Retry(Scope.INDEX, text(error, status), false);
    }
    if (status == 429 || status >= 500) {
      return new Retry(Scope.SERVER, text(error, status), false);
    }
    return new Rejected(text(error, status));
  }

  /**
   * Of one document of an {@code _mget}, which tells no status.
   *
   * @param error {@code {type, reason, caused_by}}
   */
  static DocumentReader.Look ofRead(JsonNode error) {
    String type = error.path("type").asText();
    String text = text(error, 0);
    if (FOR_GOOD_WHEN_READ.contains(type)) {
      return new DocumentReader.Unreadable(text);
    }
    return new DocumentReader.Unknown(
        INDEX_TYPES.contains(type) ? Scope.INDEX : Scope.SERVER, text);
  }

  private static OptionalLong currentVersion(String reason) {
    Matcher matcher = CURRENT_VERSION.matcher(reason);
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** An error in a line: its type and reason, and what caused it. */
  static String text(JsonNode error, int status) {
    StringBuilder text = new StringBuilder();
    String last = "";
    for (JsonNode e = error; e.isObject(); e = e.path("caused_by")) {
      String reason = e.path("reason").asText();
      if (!reason.equals(last)) {
        text.append(text.isEmpty() ? "" : "; ")
            .append(e.path("type").asText())
            .append(": ")
            .append(reason);
      }
      last = reason;
    }
    return text.isEmpty() ? "status " + status : text.toString();
  }
}
