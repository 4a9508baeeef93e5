package io.cesync.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What servers want to be told differently. All that depends on the server's version is asked here,
 * or of {@link ServerVersion} itself. Thread-safe.
 */
final class Dialect {

  /** The first and last that every date format of Elasticsearch takes, in milliseconds. */
  private static final long EARLIEST = 0;

  private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private final ServerVersion server;
  private final DocumentTypes types = new DocumentTypes();

  Dialect(ServerVersion server) {
    this.server = server;
  }

  ServerVersion server() {
    return server;
  }

  /**
   * Which copy of a shard searches go to. OpenSearch may copy segments to replicas some time after
   * they were made searchable; Elasticsearch can't be told to take the primary.
   */
  String shard(int shard) {
    return "preference=_shards:" + shard + (server.openSearch() ? "%7C_primary" : "");
  }

  /**
   * The parameter that has searches of a whole index go to copies that find all that was written
   * before the last refresh, with an ampersand if there is one.
   */
  String wholeIndex() {
    return server.openSearch() ? "&preference=_primary" : "";
  }

  /** Asks for the ids of documents and the numbers of their last writes in a search's body. */
  void numbers(ObjectNode search) {
    search.put("_source", false).put("version", true);
    if (!server.hasTypes()) {
      search.put("seq_no_primary_term", true).put("track_total_hits", false);
    }
  }

  /**
   * Parameters of an {@code _mget}, with a question mark if there are any.
   *
   * @param source whether the sources are wanted, then all of them
   */
  String get(boolean source) {
    if (!source) {
      return "?_source=false" + (server.openSearch() ? "&preference=_primary" : "");
    } else if (server.openSearch()) {
      return "?preference=_primary";
    }
    return hidesVectors() ? "?_source_exclude_vectors=false" : "";
  }

  /** Asks for all of the source in a search's body. */
  void source(ObjectNode search) {
    if (hidesVectors()) {
      search.putObject("_source").put("exclude_vectors", false);
    } else {
      search.put("_source", true);
    }
  }

  /** Whether the server leaves vectors out of sources unless it is asked not to. */
  private boolean hidesVectors() {
    return !server.openSearch()
        && (server.major() > 9 || (server.major() == 9 && server.minor() >= 2));
  }

  /** What creates an index with a mapping for its documents. */
  JsonNode toCreate(ObjectNode mapping) {
    return server.hasTypes()
        ? SearchClient.JSON.createObjectNode().set(DocumentTypes.USUAL, mapping)
        : mapping;
  }

  /** Where an index's mapping is changed. */
  String mappingPath(String index) {
    return "/" + index + "/_mapping" + (server.hasTypes() ? "/" + types.of(index) : "");
  }

  /**
   * The mapping of an index's documents; their type is known from then on.
   *
   * @param index the name that it was asked for by
   * @param mappings as the server tells them
   * @throws IOException if documents are of several types
   */
  JsonNode mapping(String index, JsonNode mappings) throws IOException {
    return server.hasTypes() ? types.learn(index, mappings) : mappings;
  }

  /**
   * Says where a document to be read is. Without its type the server doesn't know that it needs a
   * routing, and says that there is none.
   */
  void place(String index, String id, ObjectNode document) {
    if (server.hasTypes()) {
      types.known(index).ifPresent(type -> document.put("_type", type));
    }
    document.put("_id", id);
  }

  /**
   * Settings that an index should be created with unless others are asked for. With vectors taken
   * out of the sources the server puts documents together anew, and numbers lose digits.
   */
  Map<String, Object> settings() {
    return hidesVectors() ? Map.of("index.mapping.exclude_source_vectors", false) : Map.of();
  }

  /** Says where a document of a bulk is. */
  void place(String index, String id, JsonGenerator json) throws IOException {
    json.writeStringField("_index", index);
    if (server.hasTypes()) {
      json.writeStringField("_type", types.of(index));
    }
    json.writeStringField("_id", id);
  }

  /** What a bulk's answer tells of a document that was written, for {@link #applied}. */
  String numbers() {
    return server.hasSequenceNumbers()
        ? "items.*._seq_no,items.*._primary_term"
        : "items.*._version";
  }

  /** Has a bulk's operation carried out only if the document is still the one of this number. */
  void unchanged(long seqNo, long primaryTerm, JsonGenerator json) throws IOException {
    if (server.hasSequenceNumbers()) {
      json.writeNumberField("if_seq_no", seqNo);
      json.writeNumberField("if_primary_term", primaryTerm);
    } else {
      json.writeNumberField("version", seqNo);
    }
  }

  /**
   * What a bulk's answer says of a document that was written with a condition.
   *
   * @param micros its timestamp, or {@link DocumentOp.Conditional#NO_TIME}
   */
  WriteResult applied(JsonNode item, long micros) {
    if (server.hasSequenceNumbers()) {
      return new WriteResult.Applied(
          item.path("_seq_no").asLong(-1), item.path("_primary_term").asLong());
    }
    // Of one without a time the server knows it, and reading the document tells.
    long term = micros == DocumentOp.Conditional.NO_TIME ? 0 : millis(micros);
    return new WriteResult.Applied(item.path("_version").asLong(-1), term);
  }

  /**
   * A document as it was read.
   *
   * @param timestamp the server's own, in milliseconds; 0 if it has none
   */
  StoredDocument stored(
      String id,
      String routing,
      long seqNo,
      long primaryTerm,
      long version,
      long timestamp,
      byte[] source) {
    return server.hasSequenceNumbers()
        ? new StoredDocument(id, routing, seqNo, primaryTerm, version, source)
        : new StoredDocument(id, routing, version, timestamp, version, source);
  }

  /**
   * When a document was changed last as the server has it beside the document, in µs since 1970.
   */
  OptionalLong timestamp(StoredDocument document) {
    return server.hasNativeTimestamp() && document.primaryTerm() != 0
        ? OptionalLong.of(document.primaryTerm() * 1000)
        : OptionalLong.empty();
  }

  /**
   * Says when a document was changed, to a server that keeps that beside the document.
   *
   * @param micros since 1970
   */
  void timestamp(long micros, JsonGenerator json) throws IOException {
    if (server.hasNativeTimestamp()) {
      // As text: of a number with few digits it could think that it is a year.
      json.writeStringField("timestamp", Instant.ofEpochMilli(millis(micros)).toString());
    }
  }

  private static long millis(long micros) {
    return Math.min(Math.max(EARLIEST, Math.floorDiv(micros, 1000)), LATEST);
  }
}
