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

  static Request of(List<DocumentOp> ops) {
    Request request = new Request("POST", "/_bulk");
    request.addParameter(
        "filter_path",
        "errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by");
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
    boolean index = op instanceof DocumentOp.Index;
    json.writeStartObject();
    json.writeObjectFieldStart(index ? "index" : "delete");
    json.writeStringField("_index", op.index());
    json.writeStringField("_id", op.id());
    json.writeNumberField("version", op.version());
    json.writeStringField("version_type", "external_gte");
    if (op instanceof DocumentOp.Index i && i.pipeline() != null) {
      json.writeStringField("pipeline", i.pipeline());
    }
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
    if (op instanceof DocumentOp.Index i) {
      json.flush();
      ((ByteArrayOutputStream) json.getOutputTarget()).write(i.source());
      json.writeRaw('\n');
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
              ? WriteResult.APPLIED
              : Failures.ofItem(result.path("status").asInt(), error));
    }
    return results;
  }
}
