package io.cesync.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.cesync.mapping.SearchFlavor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which server it is.
 *
 * @param number as the server tells it, {@code 8.19.20}
 */
public record ServerVersion(String number, int major, int minor, boolean openSearch) {

  private static final Pattern NUMBER = Pattern.compile("(\\d+)\\.(\\d+).*");

  /**
   * From a node's description in {@code _nodes}. Elasticsearch tells its flavour, OpenSearch has
   * none.
   */
  static ServerVersion of(JsonNode node) {
    String number = node.path("version").asText();
    Matcher matcher = NUMBER.matcher(number);
    if (!matcher.matches()) {
      throw new IllegalStateException("the search server doesn't tell its version: " + node);
    }
    int major = Integer.parseInt(matcher.group(1));
    boolean openSearch = node.has("build_type") && !node.has("build_flavor");
    return new ServerVersion(number, major, Integer.parseInt(matcher.group(2)), openSearch);
  }

  /**
   * What a client assumes before it knows better: a server without peculiarities. Every server
   * understands how it is asked for its version.
   */
  static final ServerVersion USUAL = new ServerVersion("8", 8, 0, false);

  /** Whether documents have types, which writes must name. */
  boolean hasTypes() {
    return !openSearch && major < 7;
  }

  /**
   * Whether writes have sequence numbers, and can be made on condition of them. Elsewhere versions
   * stand in for them.
   */
  public boolean hasSequenceNumbers() {
    return openSearch || major >= 6;
  }

  /**
   * Whether {@code _timestamp} is kept beside the document, in milliseconds, and can't be in it.
   */
  public boolean hasNativeTimestamp() {
    return isOld();
  }

  public boolean hasPipelines() {
    return !isOld();
  }

  /** Elasticsearch 2.x and before; the next was 5.0. */
  private boolean isOld() {
    return !openSearch && major < 5;
  }

  public SearchFlavor flavor() {
    return openSearch
        ? SearchFlavor.openSearch(major, minor)
        : SearchFlavor.elasticsearch(major, minor);
  }

  @Override
  public String toString() {
    return (openSearch ? "OpenSearch " : "Elasticsearch ") + number;
  }
}
