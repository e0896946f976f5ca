package dev.indelible.transparency.merkle;

/// A range of leaves `[start, end)` that the tree builds as one unit, whatever follows it: `start`
/// is a multiple of the smallest power of two that is at least `end − start`
/// (draft-ietf-plants-merkle-tree-certs §4.1, C2SP tlog-cosignature).
///
/// @param start first leaf index
/// @param end one past the last leaf index; equal to `start` when the subtree is empty
public record Subtree(long start, long end) {
  public Subtree {
    if (start < 0 || start > end || start % span(end - start) != 0) {
      throw new IllegalArgumentException("[" + start + ", " + end + ") is not a subtree");
    }
  }

  /// Number of leaves.
  public long size() {
    return end - start;
  }

  /// Whether the leaf is in this range.
  public boolean contains(long index) {
    return start <= index && index < end;
  }

  /// The smallest power of two that holds `leaves`; past 2^62 no start but 0 is a multiple of it.
  private static long span(long leaves) {
    if (leaves <= 1) {
      return 1;
    }
    long half = Long.highestOneBit(leaves - 1);
    return half > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : half * 2;
  }
}
