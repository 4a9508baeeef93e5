package io.cesync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cesync.local.SearchServer;
import io.cesync.mapping.TimestampField;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * How a server wants to be asked for documents, and where it keeps when they were changed. For
 * applications that is always in a document's field {@code _timestamp}. Stateless.
 */
sealed interface SearchApi {

  static SearchApi of(SearchServer server) {
    return server.version().startsWith("2.4.") ? new Typed() : new Typeless();
  }

  String document(String index, String id);

  String update(String index, String id);

  /** A document, or a part of one, as a request has it. */
  Sent sent(JsonNode document);

  /** What an answer tells of a document that is there. */
  JsonNode told(JsonNode hit);

  /**
   * A document in a request.
   *
   * @param parameter of the request's address; empty for none
   * @param source the request's body, or a part of that
   */
  record Sent(String parameter, JsonNode source) {}

  private static String escaped(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** All but the oldest: the time is a field as any other, and is there if somebody wrote it. */
  record Typeless() implements SearchApi {
    @Override
    public String document(String index, String id) {
      return "/" + index + "/_doc/" + escaped(id);
    }

    @Override
    public String update(String index, String id) {
      return "/" + index + "/_update/" + escaped(id);
    }

    @Override
    public Sent sent(JsonNode document) {
      return new Sent("", document);
    }

    @Override
    public JsonNode told(JsonNode hit) {
      return hit.path("_source");
    }
  }

  /**
   * Elasticsearch 2.x: documents have types, and the server keeps the time beside them, in
   * milliseconds. Of a write that tells none it takes its own.
   */
  record Typed() implements SearchApi {
    @Override
    public String document(String index, String id) {
      return "/" + index + "/doc/" + escaped(id);
    }

    @Override
    public String update(String index, String id) {
      return document(index, id) + "/_update";
    }

    @Override
    public Sent sent(JsonNode document) {
      if (!document.has(TimestampField.USUAL)) {
        return new Sent("", document);
      }
      ObjectNode source = document.deepCopy();
      long millis = Instant.parse(source.remove(TimestampField.USUAL).asText()).toEpochMilli();
      return new Sent("timestamp=" + millis, source);
    }

    @Override
    public JsonNode told(JsonNode hit) {
      JsonNode millis = hit.path(TimestampField.USUAL);
      if (millis.isMissingNode()) {
        return hit.path("_source");
      }
      ObjectNode document = hit.path("_source").deepCopy();
      return document.put(TimestampField.USUAL, Instant.ofEpochMilli(millis.asLong()).toString());
    }
  }
}
