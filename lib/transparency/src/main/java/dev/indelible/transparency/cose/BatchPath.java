package dev.indelible.transparency.cose;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.InclusionProof;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Where an entry stands in its [Batch], as it follows the signature in the entry: `u16 size ‖ u16
/// index ‖ path`, the path being 32 bytes a hash, from the leaf upwards. Size and index say how
/// many hashes there are, so there is one encoding.
final class BatchPath {
  private static final int HEAD_BYTES = 4;

  private BatchPath() {}

  /// The bytes of a proof.
  static byte[] encode(InclusionProof proof) {
    ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + Hash.LENGTH * proof.path().size());
    out.putShort((short) proof.size()).putShort((short) proof.index());
    for (int i = 0; i < proof.path().size(); i++) {
      proof.path().get(i).copyTo(out.array(), HEAD_BYTES + i * Hash.LENGTH);
    }
    return out.array();
  }

  /// The length that the bytes beginning at `at` have to have, by the size and index they begin
  /// with.
  ///
  /// @throws IllegalArgumentException when there is no such place in a batch
  static int length(byte[] bytes, int at) {
    if (bytes.length < at + HEAD_BYTES) {
      throw new IllegalArgumentException("not an entry: the place in the batch is missing");
    }
    int size = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(at));
    int index = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(at + 2));
    if (size > Batch.MAX_SIZE || index >= size) {
      throw new IllegalArgumentException(
          "not an entry: no place " + index + " in a batch of " + size);
    }
    return HEAD_BYTES + Hash.LENGTH * InclusionProof.pathLength(index, size);
  }

  /// Reads what [#length] found to be there.
  static InclusionProof decode(byte[] bytes, int at) {
    ByteBuffer in = ByteBuffer.wrap(bytes, at, bytes.length - at);
    int size = Short.toUnsignedInt(in.getShort());
    int index = Short.toUnsignedInt(in.getShort());
    List<Hash> path = new ArrayList<>();
    for (int next = at + HEAD_BYTES; next < bytes.length; next += Hash.LENGTH) {
      path.add(Hash.at(bytes, next));
    }
    return new InclusionProof(index, size, path);
  }
}
