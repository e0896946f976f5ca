package dev.indelible.transparency.note;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Subtree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What an ML-DSA-44 cosignature states: these leaves of this log have this hash. A checkpoint is
/// the subtree that starts at 0 (C2SP tlog-cosignature v1.1.0-rc.1).
///
/// @param origin unique name of the log
/// @param subtree the leaves
/// @param hash Merkle tree hash over them
public record SubtreeStatement(String origin, Subtree subtree, Hash hash) {
  private static final byte[] LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

  /// The bytes that are signed: label, cosigner, time, origin, start, end, hash.
  ///
  /// @param time seconds since 1970, 0 where the cosigner does not say that this is the largest
  ///   tree it has seen
  byte[] message(String cosigner, long time) {
    // SPEC: "If `start` is not zero, `timestamp` MUST be zero."
    if (subtree.start() != 0 && time != 0) {
      throw new IllegalArgumentException("a subtree that starts inside the tree has no time");
    }
    byte[] by = name(cosigner);
    byte[] of = name(origin);
    ByteBuffer out = ByteBuffer.allocate(LABEL.length + 1 + by.length + 8 + 1 + of.length + 48);
    out.put(LABEL).put((byte) by.length).put(by).putLong(time);
    out.put((byte) of.length).put(of).putLong(subtree.start()).putLong(subtree.end());
    return out.put(hash.bytes()).array();
  }

  private static byte[] name(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 255) {
      throw new IllegalArgumentException("names in a cosignature have at most 255 bytes");
    }
    return bytes;
  }
}
