package dev.indelible.anchoring.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.Cell;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("hipaa/164.312.a.2.iv")
@Tag("asvs-5.0/11.3.2")
@Tag("asvs-5.0/11.3.3")
class DataKeyTest {
  private static final Cell CELL = new Cell("claim", "1", "member_value");
  private static final byte[] PLAIN = "M-1001".getBytes(StandardCharsets.UTF_8);

  private final DataKey key = DataKey.random();
  private final Bytes ciphertext = key.encrypt(CELL, PLAIN);

  @Test
  void opensInItsCell() {
    assertArrayEquals(PLAIN, key.decrypt(CELL, ciphertext).orElseThrow());
    assertArrayEquals(new byte[0], key.decrypt(CELL, key.encrypt(CELL, new byte[0])).orElseThrow());
  }

  @Test
  void opensInNoOtherCell() {
    List<Cell> others =
        List.of(
            new Cell("claim", "2", "member_value"),
            new Cell("claim", "1", "coverage"),
            new Cell("member", "1", "member_value"),
            // The same characters, otherwise divided.
            new Cell("claim1", "", "member_value"),
            new Cell("claim", "1m", "ember_value"));
    for (Cell other : others) {
      assertEquals(Optional.empty(), key.decrypt(other, ciphertext), other::toString);
    }
  }

  @Test
  void opensUnderNoOtherKey() {
    assertEquals(Optional.empty(), DataKey.random().decrypt(CELL, ciphertext));
  }

  @Test
  void opensWithNoBitFlippedAndNoByteMissing() {
    byte[] bytes = ciphertext.toArray();
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertEquals(Optional.empty(), key.decrypt(CELL, Bytes.of(flipped)), "bit " + bit);
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertEquals(Optional.empty(), key.decrypt(CELL, Bytes.of(cut)), "length " + length);
    }
  }

  @Test
  void equalValuesLookDifferent() {
    assertNotEquals(ciphertext, key.encrypt(CELL, PLAIN));
    assertEquals(12 + PLAIN.length + 16, ciphertext.toArray().length);
  }

  @Test
  void hasTheLengthOfAnAes256Key() {
    assertEquals(32, key.bytes().length);
    assertTrue(DataKey.of(key.bytes()).orElseThrow().decrypt(CELL, ciphertext).isPresent());
    assertEquals(Optional.empty(), DataKey.of(new byte[16]));
  }
}
