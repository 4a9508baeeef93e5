package io.cesync.trigger;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.protocol.internal.util.Bytes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/**
 * Reads {@code logged_key} back into bytes, as cql/README.md says, and with nothing of the trigger.
 */
final class KeyText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeyText() {}

  static JsonNode parse(String key) {
    try {
      return JSON.readTree(key);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(key, e);
    }
  }

  static ByteBuffer value(JsonNode json, DataType type) {
    if (json.isObject() && json.size() == 1 && json.has("$raw")) {
      return Bytes.fromHexString(json.get("$raw").textValue());
    }
    if (type instanceof ListType list) {
      return collection(json, list.getElementType());
    } else if (type instanceof SetType set) {
      return collection(json, set.getElementType());
    } else if (type instanceof MapType map) {
      Output out = new Output().int32(json.size());
      json.forEach(
          pair ->
              out.sized(value(pair.get(0), map.getKeyType()))
                  .sized(value(pair.get(1), map.getValueType())));
      return out.buffer();
    } else if (type instanceof UserDefinedType udt) {
      List<String> names = udt.getFieldNames().stream().map(name -> name.asInternal()).toList();
      return components(names.stream().map(json::get).toList(), udt.getFieldTypes());
    } else if (type instanceof TupleType tuple) {
      return components(
          JSON.convertValue(
              json, JSON.getTypeFactory().constructCollectionType(List.class, JsonNode.class)),
          tuple.getComponentTypes());
    } else if (type instanceof VectorType vector) {
      return vector(json, vector.getElementType());
    }
    Object value = scalar(json, type);
    // The driver checks the version of a timeuuid, and Cassandra, in a tuple or so, does not.
    DataType codec = type.equals(DataTypes.TIMEUUID) ? DataTypes.UUID : type;
    return CodecRegistry.DEFAULT.codecFor(codec, value).encode(value, ProtocolVersion.DEFAULT);
  }

  private static Object scalar(JsonNode json, DataType type) {
    String text = json.asText();
    if (type.equals(DataTypes.ASCII) || type.equals(DataTypes.TEXT)) {
      return json.textValue();
    }
    return switch (type.asCql(false, false)) {
      case "tinyint" -> Byte.parseByte(text);
      case "smallint" -> Short.parseShort(text);
      case "int" -> Integer.parseInt(text);
      case "bigint" -> Long.parseLong(text);
      case "varint" -> json.bigIntegerValue();
      case "boolean" -> Boolean.parseBoolean(text);
      case "float" -> Float.parseFloat(text);
      case "double" -> Double.parseDouble(text);
      case "decimal" -> new BigDecimal(json.textValue());
      case "blob" -> Bytes.fromHexString(text);
      case "uuid", "timeuuid" -> UUID.fromString(text);
      case "inet" -> inet(text);
      case "date" -> LocalDate.parse(text);
      case "time" -> LocalTime.parse(text);
      case "timestamp" -> Instant.parse(text);
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static InetAddress inet(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ByteBuffer collection(JsonNode json, DataType element) {
    Output out = new Output().int32(json.size());
    json.forEach(item -> out.sized(value(item, element)));
    return out.buffer();
  }

  private static ByteBuffer components(List<JsonNode> values, List<DataType> types) {
    Output out = new Output();
    for (int i = 0; i < types.size(); i++) {
      if (values.get(i).isNull()) {
        out.int32(-1);
      } else {
        out.sized(value(values.get(i), types.get(i)));
      }
    }
    return out.buffer();
  }

  private static ByteBuffer vector(JsonNode json, DataType element) {
    Output out = new Output();
    for (JsonNode item : json) {
      ByteBuffer value = value(item, element);
      if (element.equals(DataTypes.TEXT)) {
        int length = value.remaining();
        if (length > 127) {
          out.int8(0x80 | length >> 8);
        }
        out.int8(length);
      }
      out.bytes(value);
    }
    return out.buffer();
  }

  private static final class Output {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Output int8(int value) {
      out.write(value);
      return this;
    }

    Output int32(int value) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
      return this;
    }

    Output bytes(ByteBuffer value) {
      out.writeBytes(Bytes.getArray(value));
      return this;
    }

    Output sized(ByteBuffer value) {
      return int32(value.remaining()).bytes(value);
    }

    ByteBuffer buffer() {
      return ByteBuffer.wrap(out.toByteArray());
    }
  }
}
