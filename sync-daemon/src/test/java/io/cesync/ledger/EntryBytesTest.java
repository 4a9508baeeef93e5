package io.cesync.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EntryBytesTest {

  private final EntryBytes entries = new EntryBytes();

  @Property(tries = 500)
  void whatIsWrittenIsRead(
      @ForAll String id,
      @ForAll String routing,
      @ForAll boolean routed,
      @ForAll String era,
      @ForAll int shard,
      @ForAll long seqNo,
      @ForAll long primaryTerm,
      @ForAll long timestamp,
      @ForAll @Size(max = 20) Map<String, Long> digests,
      @ForAll long knownAt,
      @ForAll boolean refused) {
    LedgerEntry entry =
        new LedgerEntry(
            id,
            routed ? wellFormed(routing) : null,
            new Place(wellFormed(era), shard, seqNo, primaryTerm),
            timestamp,
            wellFormed(digests),
            knownAt,
            refused);

    assertThat(entries.read(id, bytes(entry))).isEqualTo(entry);
  }

  private static ByteBuffer bytes(LedgerEntry entry) {
    return ByteBuffer.wrap(EntryBytes.of(entry));
  }

  /** No database has half of a surrogate pair in a text. */
  private static String wellFormed(String text) {
    return text.codePoints()
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Map<String, Long> wellFormed(Map<String, Long> digests) {
    Map<String, Long> all = new HashMap<>();
    digests.forEach((name, digest) -> all.put(wellFormed(name), digest));
    return all;
  }

  @Test
  void itIsTheFormatThatIsWrittenDown() {
    LedgerEntry entry =
        new LedgerEntry("1", "r", new Place("e", 2, 3, 4), 5, Map.of("a", 7L), 6, true);

    assertThat(bytes(entry))
        .isEqualTo(
            ByteBuffer.allocate(70)
                .put((byte) 1)
                .put((byte) 3)
                .putInt(1)
                .put((byte) 'e')
                .putInt(2)
                .putLong(3)
                .putLong(4)
                .putLong(5)
                .putLong(6)
                .putInt(1)
                .put((byte) 'r')
                .putInt(1)
                .putInt(1)
                .put((byte) 'a')
                .putLong(7)
                .flip());
  }

  @Test
  void ofAnotherFormatOrCutOffNothingIsRead() {
    LedgerEntry entry = new LedgerEntry("1", null, new Place("e", 2, 3, 4), 5, Map.of(), 6);
    ByteBuffer bytes = bytes(entry);

    assertThatThrownBy(() -> entries.read("1", bytes.duplicate().limit(20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the ledger's entry of 1 is cut off");
    bytes.put(0, (byte) 2);
    assertThatThrownBy(() -> entries.read("1", bytes))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has the format 2");
  }

  @Test
  void theSameNamesAreKeptOnce() {
    LedgerEntry entry =
        new LedgerEntry("1", null, new Place("era", 0, 1, 1), 5, Map.of("a", 7L), 6);
    Place one = entries.read("1", bytes(entry)).place();
    Place other = entries.read("2", bytes(entry)).place();

    assertThat(one.era()).isSameAs(other.era());
  }
}
