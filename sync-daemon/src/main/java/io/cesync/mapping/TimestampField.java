package io.cesync.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cesync.mapping.TimestampFormats.UnknownFormatException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The field of a two-way table's documents that says when they were changed last: how its index
 * holds it, and how documents tell it. Times are in microseconds since 1970. Immutable,
 * thread-safe.
 */
public final class TimestampField {

  /** The field's name unless the settings have another. */
  public static final String USUAL = "_timestamp";

  /** What the index counts in. */
  public enum Unit {
    /** A {@code date}: it cuts off what is smaller. */
    MILLIS,
    /** A {@code date_nanos}. */
    NANOS,
    /** A {@code long} of microseconds. */
    MICROS
  }

  private final String name;
  private final String stampStart;
  private final Unit unit;
  private final TimestampFormats formats;
  private final boolean beside;

  private TimestampField(String name, Unit unit, TimestampFormats formats) {
    this(name, unit, formats, false);
  }

  private TimestampField(String name, Unit unit, TimestampFormats formats, boolean beside) {
    this.name = name;
    this.stampStart = "," + new TextNode(name) + ':';
    this.unit = unit;
    this.formats = formats;
    this.beside = beside;
  }

  /**
   * The field as an index has it. Where the index can't be searched by it, documents may still tell
   * their times, in the usual forms.
   *
   * @param mapping the index's, an object with {@code properties}
   */
  public static TimestampField of(String name, JsonNode mapping) {
    if (isBeside(name, mapping)) {
      return new TimestampField(name, Unit.MILLIS, TimestampFormats.USUAL, true);
    }
    JsonNode field = mapping.path("properties").path(name);
    try {
      return switch (field.path("type").asText()) {
        case "date" ->
            new TimestampField(name, Unit.MILLIS, TimestampFormats.of(field.path("format")));
        case "date_nanos" ->
            new TimestampField(name, Unit.NANOS, TimestampFormats.of(field.path("format")));
        case "long" -> new TimestampField(name, Unit.MICROS, TimestampFormats.MICROS);
        default -> new TimestampField(name, Unit.MILLIS, TimestampFormats.USUAL);
      };
    } catch (UnknownFormatException e) {
      return new TimestampField(name, Unit.MILLIS, TimestampFormats.USUAL);
    }
  }

  /**
   * Why times can't be read from an index's field, or be written there; empty if they can.
   *
   * @param mapping as in {@link #of}
   * @param searched whether the index must find documents by it
   */
  public static Optional<MappingProblem> problem(String name, JsonNode mapping, boolean searched) {
    JsonNode field = mapping.path("properties").path(name);
    String type = field.path("type").asText();
    if (isBeside(name, mapping)) {
      return Optional.empty();
    } else if (type.equals("date") || type.equals("date_nanos")) {
      return formatProblem(name, field);
    } else if (!searched || type.equals("long")) {
      return Optional.empty();
    } else if (field.isMissingNode()) {
      return Optional.of(
          new MappingProblem(
              name,
              "the index has no such field, by which changes are to be seen",
              "Run ./run.sh install, or map it as date_nanos, or name another one as timestamp_field"));
    }
    return Optional.of(
        new MappingProblem(
            name,
            "it is mapped as " + field + ", and changes can't be seen by that",
            "Map it as date_nanos, date, or long (microseconds), or name another one as timestamp_field"));
  }

  private static Optional<MappingProblem> formatProblem(String name, JsonNode field) {
    try {
      TimestampFormats.of(field.path("format"));
      return Optional.empty();
    } catch (UnknownFormatException e) {
      return Optional.of(
          new MappingProblem(
              name,
              "it is mapped with the format " + e.getMessage() + ", which cesync can't read",
              "Use strict_date_optional_time, epoch_millis, epoch_second, or a pattern such as uuuu-MM-dd HH:mm:ss.SSS"));
    }
  }

  /** Elasticsearch 2.x has that as a setting of the mapping. */
  private static boolean isBeside(String name, JsonNode mapping) {
    return name.equals(USUAL) && mapping.path(USUAL).path("enabled").asBoolean();
  }

  /**
   * Whether the server keeps it beside the document, in milliseconds. Then it can't be in the
   * document: it is told with a write, and comes with a read.
   */
  public boolean isBeside() {
    return beside;
  }

  /**
   * A time as it is read again once it has been written: at least this one, so that what a document
   * says is never older than what it has.
   */
  public long written(long micros) {
    return beside ? -Math.floorDiv(-micros, 1_000L) * 1_000 : micros;
  }

  public String name() {
    return name;
  }

  public Unit unit() {
    return unit;
  }

  /** Whether cesync writes it: not if it is a column's, where it is what the row says. */
  public boolean isWrittenTo(TableMapping table) {
    return table.columns().stream().noneMatch(column -> column.field().equals(name));
  }

  /**
   * A document with the field, unless that is kept beside it.
   *
   * @param document a JSON object in UTF-8 without the field, not empty
   */
  public byte[] stamp(byte[] document, long micros) {
    if (beside) {
      return document;
    }
    byte[] field = (stampStart + formats.write(micros) + '}').getBytes(UTF_8);
    byte[] stamped = new byte[document.length - 1 + field.length];
    System.arraycopy(document, 0, stamped, 0, document.length - 1);
    System.arraycopy(field, 0, stamped, document.length - 1, field.length);
    return stamped;
  }

  /**
   * The field's value, of several the newest; empty if the document has none that can be read.
   *
   * @throws IOException if the document isn't JSON
   */
  public OptionalLong of(byte[] document) throws IOException {
    try (JsonParser json = Documents.parser(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return OptionalLong.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals(name);
        JsonToken token = json.nextToken();
        if (found) {
          return token == JsonToken.START_ARRAY ? newest(json) : value(json);
        }
        json.skipChildren();
      }
      return OptionalLong.empty();
    }
  }

  private OptionalLong newest(JsonParser json) throws IOException {
    OptionalLong newest = OptionalLong.empty();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      OptionalLong value = value(json);
      if (value.isPresent() && value.getAsLong() > newest.orElse(Long.MIN_VALUE)) {
        newest = value;
      }
      json.skipChildren();
    }
    return newest;
  }

  private OptionalLong value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING -> formats.read(json.getText());
      default -> OptionalLong.empty();
    };
  }
}
