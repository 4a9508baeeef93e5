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

  /** What only those who write with conditions need to know. */
  private static final String NUMBERS = ",items.*._seq_no,items.*._primary_term";

  static Request of(List<DocumentOp> ops) {
    Request request = new Request("POST", "/_bulk");
    boolean numbers = ops.stream().anyMatch(op -> op instanceof DocumentOp.Conditional);
    request.addParameter("filter_path", numbers ? OUTCOMES + NUMBERS : OUTCOMES);
    request.setEntity(new ByteArrayEntity(body(ops), SearchClient.NDJSON));
    return request;
  }

  private static byte[] body(List<DocumentOp> ops) {
    int size = ops.stream().mapToInt(DocumentOp::size).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream(size + 64);
    try (JsonGenerator json = SearchClient.JSON.createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (DocumentOp op : ops) {
        write(op, json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(DocumentOp op, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart(action(op));
    json.writeStringField("_index", op.index());
    json.writeStringField("_id", op.id());
    if (op instanceof DocumentOp.Index i) {
      version(i.version(), json);
      pipeline(i.pipeline(), json);
    } else if (op instanceof DocumentOp.Delete d) {
      version(d.version(), json);
    } else if (op instanceof DocumentOp.Conditional c) {
      condition(c, json);
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

  private static void condition(DocumentOp.Conditional op, JsonGenerator json) throws IOException {
    if (op.routing() != null) {
      json.writeStringField("routing", op.routing());
    }
    if (op instanceof DocumentOp.IndexUnchanged i) {
      unchanged(i.seqNo(), i.primaryTerm(), json);
      pipeline(i.pipeline(), json);
    } else if (op instanceof DocumentOp.DeleteUnchanged d) {
      unchanged(d.seqNo(), d.primaryTerm(), json);
    } else if (op instanceof DocumentOp.Create c) {
      pipeline(c.pipeline(), json);
    }
  }

  private static void unchanged(long seqNo, long primaryTerm, JsonGenerator json)
      throws IOException {
    json.writeNumberField("if_seq_no", seqNo);
    json.writeNumberField("if_primary_term", primaryTerm);
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
  static List<WriteResult> results(HttpEntity answer, int operations) {
    JsonNode items = SearchClient.parse(answer).path("items");
    if (items.size() != operations) {
      throw new IllegalStateException(
          "a bulk of " + operations + " was answered for " + items.size());
    }
    List<WriteResult> results = new ArrayList<>(operations);
    for (JsonNode item : items) {
      JsonNode result = item.iterator().next();
      JsonNode error = result.path("error");
      results.add(
          error.isMissingNode()
              ? applied(result)
              : Failures.ofItem(result.path("status").asInt(), error));
    }
    return results;
  }

  private static WriteResult applied(JsonNode result) {
    JsonNode seqNo = result.path("_seq_no");
    return seqNo.isMissingNode()
        ? WriteResult.APPLIED
        : new WriteResult.Applied(seqNo.asLong(), result.path("_primary_term").asLong());
  }
}
