package io.cesync.mapping;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes serialised values equal that mean the same. Sets and maps are in no particular order in a
 * document, and may name an element twice; values that are older than a field of their type don't
 * have it, where a document's have it as null. For comparing only. Immutable, thread-safe.
 */
public final class CanonicalForm {

  private enum Kind {
    AS_IS,
    LIST,
    SET,
    MAP,
    STRUCT
  }

  private final Kind kind;
  private final CanonicalForm[] parts;

  private CanonicalForm(Kind kind, List<DataType> parts) {
    this.kind = kind;
    this.parts = parts.stream().map(CanonicalForm::of).toArray(CanonicalForm[]::new);
  }

  /** The form of a type's values. */
  public static CanonicalForm of(DataType type) {
    Kind kind = kind(type);
    CanonicalForm form =
        new CanonicalForm(kind, kind == Kind.AS_IS ? List.of() : CqlTypes.parts(type));
    boolean plainList = kind == Kind.LIST && form.parts[0].kind == Kind.AS_IS;
    return plainList ? new CanonicalForm(Kind.AS_IS, List.of()) : form;
  }

  private static Kind kind(DataType type) {
    if (type instanceof ListType) {
      return Kind.LIST;
    } else if (type instanceof SetType) {
      return Kind.SET;
    } else if (type instanceof MapType) {
      return Kind.MAP;
    }
    return type instanceof TupleType || type instanceof UserDefinedType ? Kind.STRUCT : Kind.AS_IS;
  }

  /** The value in this form, or itself if it isn't one of the type. It is not moved. */
  public ByteBuffer of(ByteBuffer value) {
    if (kind == Kind.AS_IS || value == null) {
      return value;
    }
    ByteBuffer in = value.duplicate();
    try {
      ByteBuffer canonical =
          switch (kind) {
            case LIST -> list(in);
            case SET -> map(in, 0);
            case MAP -> map(in, 1);
            default -> struct(in);
          };
      return in.hasRemaining() ? value : canonical;
    } catch (RuntimeException e) {
      return value; // too short, or a length that can't be
    }
  }

  private ByteBuffer list(ByteBuffer in) {
    int count = in.getInt();
    List<ByteBuffer> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(next(in, 0));
    }
    return joined(count, elements);
  }

  /** Of what stands there twice the last counts, as for Cassandra. */
  private ByteBuffer map(ByteBuffer in, int values) {
    int count = in.getInt();
    TreeMap<ByteBuffer, List<ByteBuffer>> entries = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      ByteBuffer key = next(in, 0);
      entries.put(key, values == 0 ? List.of(key) : Arrays.asList(key, next(in, 1)));
    }
    return joined(entries.size(), entries.values().stream().flatMap(Collection::stream).toList());
  }

  private ByteBuffer struct(ByteBuffer in) {
    List<ByteBuffer> components = new ArrayList<>();
    int used = 0;
    for (int i = 0; i < parts.length && in.hasRemaining(); i++) {
      ByteBuffer component = next(in, i);
      components.add(component);
      used = component == null ? used : components.size();
    }
    return joined(-1, components.subList(0, used));
  }

  private ByteBuffer next(ByteBuffer in, int part) {
    int size = in.getInt();
    if (size < 0) {
      return null;
    }
    ByteBuffer element = in.slice(in.position(), size);
    in.position(in.position() + size);
    return parts[part].of(element);
  }

  private static ByteBuffer joined(int count, List<ByteBuffer> elements) {
    Bytes out = new Bytes();
    if (count >= 0) {
      out.putInt(count);
    }
    for (ByteBuffer element : elements) {
      if (element == null) {
        out.putInt(-1);
      } else {
        out.putInt(element.remaining()).put(element);
      }
    }
    return out.copy();
  }
}
