package dev.indelible.anchoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.indelible.transparency.Hash;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatchKeyTest {
  private static final byte[] KEY = new byte[32];
  private final MatchKey key = new MatchKey(KEY, 1);

  @Test
  void changesWithEveryByteAndWithWhereItIs() {
    List<Hash> digests =
        List.of(
            key.unique("name", "ab", "c").digest(),
            key.unique("name", "a", "bc").digest(),
            key.unique("name", "abc").digest(),
            key.unique("name", "abc", "").digest(),
            key.unique("name", "", "abc").digest(),
            key.unique("namea", "b", "c").digest(),
            key.unique("name").digest(),
            key.unique("name", "").digest(),
            key.unique("name", "ab", "C").digest(),
            key.unique("name", "c", "ab").digest(),
            new MatchKey(other(), 1).unique("name", "ab", "c").digest());
    Set<Hash> distinct = new HashSet<>(digests);
    assertEquals(digests.size(), distinct.size());
  }

  @Test
  void doesNotChangeWithKindOrEpochNumber() {
    Hash digest = key.unique("name", "a").digest();
    assertEquals(digest, key.alert("name", "a").digest());
    assertEquals(digest, new MatchKey(KEY, 2).unique("name", "a").digest());
    assertNotEquals(key.unique("name", "a"), key.alert("name", "a"));
  }

  /// Computed with another implementation: Python's hmac over the framing that the class documents.
  @Test
  void isTheDocumentedFormat() {
    assertEquals(
        "f84e123d8d5a6cd29c66d93bb99f3a3a0c3be7a4b835099965e73d383c645f56",
        key.unique("name", "ab", "ü").digest().toHex());
  }

  @Test
  void refusesShortKey() {
    assertThrows(IllegalArgumentException.class, () -> new MatchKey(new byte[31], 1));
  }

  private static byte[] other() {
    byte[] bytes = KEY.clone();
    bytes[0] = 1;
    return bytes;
  }
}
