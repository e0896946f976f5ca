package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A COSE_KeySet (RFC 9052 §7), the answer of `/.well-known/scitt-keys`: every key that a receipt
/// may still be signed with, those retired included.
///
/// @param keys the keys, in the order in which they are published
public record CoseKeySet(List<CoseKey> keys) {
  public CoseKeySet {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a key set has at least one key");
    }
  }

  /// Reads a set in its one encoding.
  ///
  /// @throws IllegalArgumentException when the bytes are anything else
  public static CoseKeySet parse(byte[] bytes) {
    if (CborReader.read(bytes) instanceof List<?> items) {
      CoseKeySet set = new CoseKeySet(items.stream().map(CoseKey::read).toList());
      if (Arrays.equals(set.bytes(), bytes)) {
        return set;
      }
    }
    throw new IllegalArgumentException("not a key set in deterministic encoding");
  }

  /// The bytes, media type `application/cose-key-set`.
  public byte[] bytes() {
    return Cbor.encode(keys.stream().map(CoseKey::members).toList());
  }

  /// The key with this thumbprint, if it is in the set.
  public Optional<CoseKey> find(Hash kid) {
    return keys.stream().filter(key -> key.thumbprint().equals(kid)).findFirst();
  }
}
