package io.cesync.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.HttpEntity;
import org.apache.http.entity.ByteArrayEntity;
import org.elasticsearch.client.Request;

/** The text of a bulk, and what its answer says of each item. */
final class BulkRequest {

  /** Elasticsearch refuses a whole bulk over one longer id. */
  static final int MOST_ID_BYTES = 512;

  private BulkRequest() {}

  private static final String OUTCOMES =
      "errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by";

  static Request of(List<DocumentOp> ops, Dialect dialect) {
    Request request = new Request("POST", "/_bulk");
    boolean numbers = ops.stream().anyMatch(op -> op instanceof DocumentOp.Conditional);
    request.addParameter("filter_path", numbers ? OUTCOMES + "," + dialect.numbers() : OUTCOMES);
    request.setEntity(new ByteArrayEntity(body(ops, dialect), SearchClient.NDJSON));
    return request;
  }

  private static byte[] body(List<DocumentOp> ops, Dialect dialect) {
    int size = ops.stream().mapToInt(DocumentOp::size).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(size + 64);
    try (JsonGenerator json = SearchClient.JSON.createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (DocumentOp op : ops) {
        write(op, dialect, json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(DocumentOp op, Dialect dialect, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart(action(op));
    dialect.place(op.index(), op.id(), json);
    if (op instanceof DocumentOp.Index i) {
      version(i.version(), json);
      dialect.timestamp(i.version(), json);
      pipeline(i.pipeline(), json);
    } else if (op instanceof DocumentOp.Delete d) {
      version(d.version(), json);
    } else if (op instanceof DocumentOp.Conditional c) {
      condition(c, dialect, json);
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
    if (op.source() != null) {
      json.flush();
      ((ByteArrayOutputStream) json.getOutputTarget()).write(op.source());
      json.writeRaw('\n');
    }
  }

  private static String action(DocumentOp op) {
    if (op.source() == null) {
      return "delete";
    }
    return op instanceof DocumentOp.Create ? "create" : "index";
  }

  private static void version(long version, JsonGenerator json) throws IOException {
    json.writeNumberField("version", version);
    json.writeStringField("version_type", "external_gte");
  }

  private static void condition(DocumentOp.Conditional op, Dialect dialect, JsonGenerator json)
      throws IOException {
    if (op.routing() != null) {
      json.writeStringField("routing", op.routing());
    }
    if (op instanceof DocumentOp.IndexUnchanged i) {
      dialect.unchanged(i.seqNo(), i.primaryTerm(), json);
      timestamp(i.timestamp(), dialect, json);
      pipeline(i.pipeline(), json);
    } else if (op instanceof DocumentOp.DeleteUnchanged d) {
      dialect.unchanged(d.seqNo(), d.primaryTerm(), json);
    } else if (op instanceof DocumentOp.Create c) {
      timestamp(c.timestamp(), dialect, json);
      pipeline(c.pipeline(), json);
    }
  }

  private static void timestamp(long micros, Dialect dialect, JsonGenerator json)
      throws IOException {
    if (micros != DocumentOp.Conditional.NO_TIME) {
      dialect.timestamp(micros, json);
    }
  }

  private static void pipeline(String pipeline, JsonGenerator json) throws IOException {
    if (pipeline != null) {
      json.writeStringField("pipeline", pipeline);
    }
  }

  static boolean isIdTooLong(String id) {
    return id.length() > MOST_ID_BYTES
        || (id.length() * 3 > MOST_ID_BYTES && id.getBytes(UTF_8).length > MOST_ID_BYTES);
  }

  /**
   * A result for each of the bulk's operations, in their order.
   *
   * @throws IllegalStateException if the answer is not for so many
   */
  static List<WriteResult> results(HttpEntity answer, List<DocumentOp> ops, Dialect dialect) {
    JsonNode items = SearchClient.parse(answer).path("items");
    if (items.size() != ops.size()) {
      throw new IllegalStateException(
          "a bulk of " + ops.size() + " was answered for " + items.size());
    }
    List<WriteResult> results = new ArrayList<>(ops.size());
    for (int i = 0; i < ops.size(); i++) {
      JsonNode result = items.get(i).iterator().next();
      JsonNode error = result.path("error");
      results.add(
          error.isMissingNode()
              ? applied(ops.get(i), result, dialect)
              : Failures.ofItem(result.path("status").asInt(), error));
    }
    return results;
  }

  private static WriteResult applied(DocumentOp op, JsonNode result, Dialect dialect) {
    if (!(op instanceof DocumentOp.Conditional)) {
      return WriteResult.APPLIED;
    }
    return dialect.applied(result, time(op));
  }

  private static long time(DocumentOp op) {
    if (op instanceof DocumentOp.Create c) {
      return c.timestamp();
    }
    return op instanceof DocumentOp.IndexUnchanged i
        ? i.timestamp()
        : DocumentOp.Conditional.NO_TIME;
  }
}
