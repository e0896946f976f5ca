package dev.indelible.anchoring.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.indelible.anchoring.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("hipaa/164.312.a.2.iv")
@Tag("asvs-5.0/11.3.3")
class StoredKeyTest {
  private final byte[] first = Gcm.randomKey();
  private final byte[] second = Gcm.randomKey();
  private final KeyEncryption keks = new KeyFiles(List.of(second, first));
  private final DataKey key = DataKey.random();
  private final StoredKey row = StoredKey.of(UUID.randomUUID(), "alder", key, keks);

  private StoredKey with(UUID id, String organisation, String kek, Bytes wrapped) {
    return new StoredKey(id, organisation, kek, wrapped);
  }

  @Test
  void unwrapsAsItWasWritten() {
    assertEquals(keks.current(), row.kek());
    assertArrayEquals(key.bytes(), row.unwrap(keks).orElseThrow().bytes());
    assertArrayEquals(
        key.bytes(), row.unwrap(new KeyFiles(List.of(first, second))).orElseThrow().bytes());
  }

  @Test
  void unwrapsUnderNoOtherKeyEncryptionKey() {
    assertEquals(Optional.empty(), row.unwrap(new KeyFiles(List.of(first))));
    assertNotEquals(keks.current(), new KeyFiles(List.of(first)).current());
    assertEquals(Set.of(new KeyFiles(List.of(first)).current()), keks.older());
  }

  @Test
  void namesTheColumnThatWasChanged() {
    String older = keks.older().iterator().next();
    byte[] wrapped = row.wrapped().toArray();
    wrapped[20] ^= 1;
    var edits =
        java.util.Map.of(
            "organisation", with(row.id(), "birch", row.kek(), row.wrapped()),
            "kek", with(row.id(), "alder", older, row.wrapped()),
            "wrapped", with(row.id(), "alder", row.kek(), Bytes.of(wrapped)));
    edits.forEach(
        (column, edited) -> {
          assertEquals(Optional.empty(), edited.unwrap(keks), column);
          assertEquals(column, edited.damaged(keks, "alder"));
        });
    StoredKey unknown = with(row.id(), "alder", "0000000000000000", row.wrapped());
    assertEquals("kek", unknown.damaged(keks, "alder"));
    StoredKey moved = with(UUID.randomUUID(), "alder", row.kek(), row.wrapped());
    assertEquals(Optional.empty(), moved.unwrap(keks));
  }

  @Test
  void refusesAShortKeyEncryptionKey() {
    assertThrows(IllegalArgumentException.class, () -> new KeyFiles(List.of(new byte[16])));
  }
}
