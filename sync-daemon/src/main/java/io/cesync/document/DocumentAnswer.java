package io.cesync.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cesync.mapping.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.http.HttpEntity;

/**
 * The answer to a {@code _search} or an {@code _mget}. The documents' sources are cut out of it
 * byte by byte: the server puts them in as they were sent, and reading them as numbers and writing
 * them again would lose digits.
 *
 * @param shards how many answered; missing in an {@code _mget}
 * @param timedOut whether the server gave up on the way
 * @param scroll to ask for the hits that follow, or null
 * @param items the hits, or what was asked for, in order
 */
record DocumentAnswer(JsonNode shards, boolean timedOut, String scroll, List<Item> items) {

  /**
   * One document, or why there is none.
   *
   * @param found told by an {@code _mget} only
   * @param error missing if there was none
   * @param sort the first value that it is sorted by; missing if there is none
   */
  record Item(StoredDocument document, boolean found, JsonNode error, JsonNode sort) {}

  /**
   * A document may be as long, and as deep, as the server takes it. Nothing is kept of the names of
   * its fields, which may be different ones in each.
   */
  private static final JsonFactory ANSWERS =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  /** Bytes of all the sources. */
  long sourceBytes() {
    long bytes = 0;
    for (Item item : items) {
      byte[] source = item.document.source();
      bytes += source == null ? 0 : source.length;
    }
    return bytes;
  }

  /** Reads it all; an answer that is none fails like {@link SearchClient#parse}. */
  static DocumentAnswer of(HttpEntity entity, Dialect dialect) {
    try (InputStream content = entity.getContent()) {
      return of(content.readAllBytes(), dialect);
    } catch (IOException e) {
      throw new CompletionException("the answer is not JSON", e);
    }
  }

  static DocumentAnswer of(byte[] answer, Dialect dialect) throws IOException {
    JsonNode shards = MissingNode.getInstance();
    boolean timedOut = false;
    String scroll = null;
    List<Item> items = new ArrayList<>();
    try (JsonParser json = ANSWERS.createParser(answer)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("_shards")) {
          shards = Documents.read(json);
        } else if (name.equals("timed_out")) {
          timedOut = value == JsonToken.VALUE_TRUE;
        } else if (name.equals("_scroll_id")) {
          scroll = json.getText();
        } else if (name.equals("docs")) {
          items(answer, dialect, json, items);
        } else if (name.equals("hits")) {
          hits(answer, dialect, json, items);
        } else {
          json.skipChildren();
        }
      }
    }
    return new DocumentAnswer(shards, timedOut, scroll, items);
  }

  private static void hits(byte[] answer, Dialect dialect, JsonParser json, List<Item> items)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean inner = json.currentName().equals("hits");
      json.nextToken();
      if (inner) {
        items(answer, dialect, json, items);
      } else {
        json.skipChildren();
      }
    }
  }

  private static void items(byte[] answer, Dialect dialect, JsonParser json, List<Item> items)
      throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      items.add(item(answer, dialect, json));
    }
  }

  private static Item item(byte[] answer, Dialect dialect, JsonParser json) throws IOException {
    String id = null;
    String routing = null;
    long seqNo = -1;
    long primaryTerm = 0;
    long version = -1;
    long timestamp = 0;
    byte[] source = null;
    boolean found = false;
    JsonNode error = MissingNode.getInstance();
    JsonNode sort = MissingNode.getInstance();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "_id" -> id = json.getText();
        case "_routing" -> routing = json.getText();
        case "_seq_no" -> seqNo = json.getLongValue();
        case "_primary_term" -> primaryTerm = json.getLongValue();
        case "_version" -> version = json.getLongValue();
        case "_timestamp" -> timestamp = json.getLongValue();
        case "_source" -> source = slice(answer, json);
        case "found" -> found = json.getBooleanValue();
        case "error" -> error = Documents.read(json);
        case "sort" -> sort = Documents.read(json).path(0);
        default -> json.skipChildren();
      }
    }
    return new Item(
        dialect.stored(id, routing, seqNo, primaryTerm, version, timestamp, source),
        found,
        error,
        sort);
  }

  private static byte[] slice(byte[] answer, JsonParser json) throws IOException {
    int start = Math.toIntExact(json.currentTokenLocation().getByteOffset());
    json.skipChildren();
    int end = Math.toIntExact(json.currentLocation().getByteOffset());
    return Arrays.copyOfRange(answer, start, end);
  }
}
