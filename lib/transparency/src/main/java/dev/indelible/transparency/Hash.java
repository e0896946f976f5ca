package dev.indelible.transparency;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/// A SHA-256 value: a leaf hash, a tree node or a root hash (RFC 9162 §2.1.1). Immutable, compared
/// by content.
public final class Hash {
  /// Length of a hash in bytes.
  public static final int LENGTH = 32;

  /// Asking the platform for a digest takes as long as hashing a node with it. Every use below ends
  /// with `digest`, which leaves it as new.
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Hash::newDigest);

  /// Root hash of the tree without leaves: `SHA-256("")` (RFC 9162 §2.1.1).
  public static final Hash EMPTY_TREE = new Hash(digest().digest());

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Wraps 32 bytes; a copy is taken.
  ///
  /// @throws IllegalArgumentException when the length is not 32
  public static Hash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /// Reads 32 bytes of `source` from `offset` on.
  public static Hash at(byte[] source, int offset) {
    return of(java.util.Arrays.copyOfRange(source, offset, offset + LENGTH));
  }

  /// Reads the padded standard base64 form, refusing any other spelling of the same bytes.
  public static Hash fromBase64(String text) {
    Hash hash = of(Base64.getDecoder().decode(text));
    if (!hash.toBase64().equals(text)) {
      throw new IllegalArgumentException("not canonical base64: " + text);
    }
    return hash;
  }

  /// `SHA-256(0x00 ‖ entry)`, the hash of a leaf (RFC 9162 §2.1.1).
  public static Hash leaf(byte[] entry) {
    MessageDigest digest = digest();
    digest.update((byte) 0);
    return new Hash(digest.digest(entry));
  }

  /// `SHA-256(0x01 ‖ left ‖ right)`, the hash of an inner node (RFC 9162 §2.1.1).
  public static Hash node(Hash left, Hash right) {
    MessageDigest digest = digest();
    digest.update((byte) 1);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  /// Plain SHA-256 of some bytes, where a format asks for it without a tree prefix.
  public static Hash sha256(byte[] message) {
    return new Hash(digest().digest(message));
  }

  /// A copy of the 32 bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// Copies the 32 bytes into `target` at `offset`.
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /// The first 16 bytes, for indexes that compare the whole value on a hit.
  public UUID prefix() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /// Padded standard base64, the form of checkpoints and proofs.
  public String toBase64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Lower-case hexadecimal.
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Override
  public String toString() {
    return toBase64();
  }

  private static MessageDigest digest() {
    return DIGEST.get();
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
