package dev.indelible.witness.tiles;

import dev.indelible.transparency.merkle.Tile;

/// For whom it is enough to know whether anything was not as it should be.
public final class Doubts implements Inspector {
  private boolean any;

  @Override
  public void verified(Tile tile, byte[] bytes) {
    // As expected.
  }

  @Override
  public void found(Finding finding) {
    any = true;
  }

  /// Whether there are doubts.
  public boolean any() {
    return any;
  }
}
