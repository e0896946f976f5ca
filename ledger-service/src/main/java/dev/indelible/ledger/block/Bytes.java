package dev.indelible.ledger.block;

import java.nio.ByteBuffer;

/// Bytes that compare by content and cannot be changed.
///
/// @param value all of them, read-only
public record Bytes(ByteBuffer value) {
  /// A copy of these bytes.
  public static Bytes of(byte[] bytes) {
    return new Bytes(ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer());
  }

  /// A copy.
  public byte[] toArray() {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }
}
