package dev.indelible.witness.tiles;

import dev.indelible.transparency.merkle.Tile;
import java.io.IOException;

/// Who wants to know how a check goes. Called by one thread, in the order of the leaves.
public interface Inspector {
  /// A tile or bundle that leads to the signed root, byte for byte.
  ///
  /// @param bytes not a copy
  /// @throws IOException when it could not be taken; ends the check
  void verified(Tile tile, byte[] bytes) throws IOException;

  /// Something that does not.
  void found(Finding finding);

  /// All chunks up to this leaf have been looked at.
  ///
  /// @param end one past the last leaf
  /// @throws IOException when it could not be noted; ends the check
  default void reached(long end) throws IOException, InterruptedException {}
}
