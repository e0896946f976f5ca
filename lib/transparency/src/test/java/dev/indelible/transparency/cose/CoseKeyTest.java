package dev.indelible.transparency.cose;

import static dev.indelible.transparency.cose.SmallLog.KEY;
import static dev.indelible.transparency.cose.SmallLog.ORIGIN;
import static dev.indelible.transparency.cose.SmallLog.QUANTUM_KEY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoseKeyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final CoseKey ED25519 = CoseKey.of(KEY);
  private static final CoseKey ML_DSA = CoseKey.of(QUANTUM_KEY);

  @Test
  void bytesOfBothKinds() {
    String raw = HEX.formatHex(KEY.publicKey());
    assertEquals(
        "a50101025820be5de2f4bcdc383add3fc9827d345f1a37c6a06026b38696fb3229c003b35f4903272006215820"
            + raw,
        HEX.formatHex(ED25519.bytes()));
    assertEquals(
        "a40107025820b8969ab4b37da9f0684e42647eb8a0be8b5b661ebf5d76f0583bf5b8d3a8059a03382f20590520"
            + HEX.formatHex(QUANTUM_KEY.publicKey()),
        HEX.formatHex(ML_DSA.bytes()));
    assertEquals("vl3i9LzcODrdP8mCfTRfGjfGoGAms4aW-zIpwAOzX0k", ED25519.kidText());
  }

  @Test
  void keysComeBackAsTheLogsOwn() {
    assertEquals(KEY, CoseKey.parse(ED25519.bytes()).ofLog(ORIGIN));
    assertEquals(QUANTUM_KEY, CoseKey.parse(ML_DSA.bytes()).ofLog(ORIGIN));
    assertEquals(KEY.thumbprint(), ED25519.thumbprint());
    assertNotEquals(ED25519, ML_DSA);
    assertEquals(ED25519, CoseKey.parse(ED25519.bytes()));
    assertEquals(ED25519.hashCode(), CoseKey.parse(ED25519.bytes()).hashCode());
  }

  @Test
  void sets() {
    CoseKeySet set = new CoseKeySet(List.of(ED25519, ML_DSA));
    CoseKeySet read = CoseKeySet.parse(set.bytes());
    assertEquals(set, read);
    assertArrayEquals(set.bytes(), read.bytes());
    assertEquals(Optional.of(ML_DSA), read.find(QUANTUM_KEY.thumbprint()));
    assertTrue(read.find(Hash.EMPTY_TREE).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new CoseKeySet(List.of()));
    byte[] single = ED25519.bytes();
    assertThrows(IllegalArgumentException.class, () -> CoseKeySet.parse(single));
    byte[] bytes = set.bytes();
    bytes[10] ^= 1;
    assertThrows(IllegalArgumentException.class, () -> CoseKeySet.parse(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "a501, a401, a member less",
    "0101, 0102, another key type",
    "025820, 025821, longer kid",
    "be5d, be5e, a kid that is another key's",
    "0327, 0326, another algorithm",
    "2006, 2007, another curve",
    "215820, 225820, y instead of x",
    "03272006, 20060327, members out of order",
  })
  void otherKeysAreRefused(String from, String to, String why) {
    String hex = HEX.formatHex(ED25519.bytes());
    assertTrue(hex.contains(from), hex);
    byte[] bytes = HEX.parseHex(hex.replaceFirst(from, to));
    assertThrows(IllegalArgumentException.class, () -> CoseKey.parse(bytes), why);
  }
}
