package dev.indelible.ledger.block;

import dev.indelible.transparency.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// SHA-256 over the match tokens of consecutive leaves, then over the erasures that have their
/// tombstone among them, each field behind its length. A token begins with eight bytes and an
/// erasure with seven, so none passes for the other.
///
/// The order is part of it: by leaf, name, epoch, digest, each compared by its bytes.
public final class TokenDigest {
  private static final byte[] ERASURE = "erasure".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// The next token.
  ///
  /// @param leaf index of its entry
  /// @param kind as the row spells it
  public TokenDigest token(long leaf, String name, String kind, int epoch, byte[] digest) {
    frame(leaf);
    frame(name);
    frame(kind);
    frame(ByteBuffer.allocate(Integer.BYTES).putInt(epoch).array());
    frame(digest);
    return this;
  }

  /// The next erasure.
  TokenDigest erasure(ErasureStore.Erasure erasure) {
    frame(ERASURE);
    frame(erasure.tombstone());
    frame(erasure.named().issuer());
    frame(erasure.named().record());
    return this;
  }

  /// The digest of what was added.
  public Hash hash() {
    return Hash.sha256(out.toByteArray());
  }

  private void frame(long number) {
    frame(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private void frame(String text) {
    frame(text.getBytes(StandardCharsets.UTF_8));
  }

  private void frame(byte[] field) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
    out.writeBytes(field);
  }
}
