package io.cesync.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An entry but for its id, as the ledger's table has it (cql/004-ledger.cql tells the format).
 * Thread-safe.
 */
final class EntryBytes {

  /** The first byte: of another one, nothing is known. */
  private static final int FORMAT = 1;

  private static final int REFUSED = 1;
  private static final int ROUTED = 2;

  /** Many entries are remembered, and have the same names: each of these only once. */
  private final Map<String, String> names = new ConcurrentHashMap<>();

  /** Writes all but the id. */
  static byte[] of(LedgerEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size(entry));
    try {
      write(entry, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** So many they are, about. */
  static int size(LedgerEntry entry) {
    int size = 100 + (entry.routing() == null ? 0 : 2 * entry.routing().length());
    for (String name : entry.digests().keySet()) {
      size += name.length() + 2 * Long.BYTES;
    }
    return size;
  }

  private static void write(LedgerEntry entry, DataOutputStream out) throws IOException {
    Place place = entry.place();
    out.writeByte(FORMAT);
    out.writeByte((entry.refused() ? REFUSED : 0) | (entry.routing() == null ? 0 : ROUTED));
    write(place.era(), out);
    out.writeInt(place.shard());
    out.writeLong(place.seqNo());
    out.writeLong(place.primaryTerm());
    out.writeLong(entry.timestamp());
    out.writeLong(entry.knownAt());
    if (entry.routing() != null) {
      write(entry.routing(), out);
    }
    out.writeInt(entry.digests().size());
    for (Map.Entry<String, Long> digest : entry.digests().entrySet()) {
      write(digest.getKey(), out);
      out.writeLong(digest.getValue());
    }
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads it.
   *
   * @throws IllegalStateException if it is of another format
   */
  LedgerEntry read(String id, ByteBuffer entry) {
    byte[] bytes = new byte[entry.remaining()];
    entry.duplicate().get(bytes);
    try {
      return read(id, new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new IllegalStateException("the ledger's entry of " + id + " is cut off", e);
    }
  }

  private LedgerEntry read(String id, DataInputStream in) throws IOException {
    int format = in.readUnsignedByte();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "the ledger's entry of %s has the format %d, and this version of cesync knows %d only"
              .formatted(id, format, FORMAT));
    }
    int flags = in.readUnsignedByte();
    Place place = new Place(name(text(in)), in.readInt(), in.readLong(), in.readLong());
    long timestamp = in.readLong();
    long knownAt = in.readLong();
    String routing = (flags & ROUTED) == 0 ? null : text(in);
    int count = in.readInt();
    Map<String, Long> digests = new HashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      digests.put(name(text(in)), in.readLong());
    }
    return new LedgerEntry(id, routing, place, timestamp, digests, knownAt, (flags & REFUSED) != 0);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }

  private String name(String read) {
    String known = names.putIfAbsent(read, read);
    return known == null ? read : known;
  }
}
