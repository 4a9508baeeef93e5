package io.cesync.mapping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.OptionalLong;

/** The field of a two-way table's documents that says when they were changed last. */
public final class Timestamps {

  /** The field's name. */
  public static final String FIELD = "_timestamp";

  /** Larger numbers can only be microseconds: as milliseconds this is the year 5138. */
  private static final long LARGEST_MILLIS = 100_000_000_000_000L;

  private Timestamps() {}

  /**
   * A document with the field.
   *
   * @param document a JSON object in UTF-8 without the field, not empty
   * @param micros since 1970
   */
  public static byte[] stamp(byte[] document, long micros) {
    byte[] field =
        ",\"%s\":\"%s\"}"
            .formatted(FIELD, Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
            .getBytes(US_ASCII);
    byte[] stamped = new byte[document.length - 1 + field.length];
    System.arraycopy(document, 0, stamped, 0, document.length - 1);
    System.arraycopy(field, 0, stamped, document.length - 1, field.length);
    return stamped;
  }

  /**
   * The field's value in microseconds since 1970; empty if the document has none that can be read.
   *
   * @throws IOException if the document isn't JSON
   */
  public static OptionalLong of(byte[] document) throws IOException {
    try (JsonParser json = Documents.parser(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return OptionalLong.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals(FIELD);
        JsonToken token = json.nextToken();
        if (found) {
          return switch (token) {
            case VALUE_NUMBER_INT -> ofNumber(json.getLongValue());
            case VALUE_STRING -> ofText(json.getText());
            default -> OptionalLong.empty();
          };
        }
        json.skipChildren();
      }
      return OptionalLong.empty();
    }
  }

  private static OptionalLong ofNumber(long number) {
    return OptionalLong.of(Math.abs(number) < LARGEST_MILLIS ? number * 1000 : number);
  }

  private static OptionalLong ofText(String text) {
    try {
      return text.matches("-?\\d{5,18}")
          ? ofNumber(Long.parseLong(text))
          : OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, instant(text)));
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static Instant instant(String text) {
    TemporalAccessor read =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            text.length() == 10 ? text + "T00:00:00" : text,
            OffsetDateTime::from,
            LocalDateTime::from);
    return read instanceof OffsetDateTime offset
        ? offset.toInstant()
        : ((LocalDateTime) read).toInstant(ZoneOffset.UTC);
  }
}
