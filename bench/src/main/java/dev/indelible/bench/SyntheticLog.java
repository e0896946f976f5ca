package dev.indelible.bench;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.witness.tiles.Leaves;
import dev.indelible.witness.tiles.TileSource;
import dev.indelible.witness.tiles.TreeHasher;
import dev.indelible.witness.tiles.TreeShape;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A log of random entries in memory.
final class SyntheticLog implements TileSource {
  private final TreeShape shape;
  private final int entryBytes;
  private final Map<Tile, byte[]> files = new HashMap<>();
  private final TreeHasher hasher = new TreeHasher();

  SyntheticLog(int entries, int entryBytes) {
    this.shape = new TreeShape(entries);
    this.entryBytes = entryBytes;
    SplittableRandom random = new SplittableRandom(1);
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    for (long n = 0; n < shape.chunks(); n++) {
      Tile bundle = shape.bundle(n);
      files.put(bundle, bundle(bundle.width(), random));
      hashes.writeBytes(Leaves.of(read(bundle), bundle.width(), hasher).hashes());
    }
    for (int level = 0; level < shape.levels(); level++) {
      hashes = cut(level, hashes.toByteArray());
    }
  }

  private byte[] bundle(int width, SplittableRandom random) {
    byte[] bundle = new byte[width * (2 + entryBytes)];
    random.nextBytes(bundle);
    for (int at = 0; at < bundle.length; at += 2 + entryBytes) {
      bundle[at] = (byte) (entryBytes >> 8);
      bundle[at + 1] = (byte) entryBytes;
    }
    return bundle;
  }

  /// Cuts a level into tiles and gives the level above.
  private ByteArrayOutputStream cut(int level, byte[] hashes) {
    ByteArrayOutputStream above = new ByteArrayOutputStream();
    for (int at = 0, n = 0; at < hashes.length; at += Tile.FULL * Hash.LENGTH, n++) {
      Tile tile = shape.tile(level, n);
      byte[] bytes = Arrays.copyOfRange(hashes, at, at + tile.width() * Hash.LENGTH);
      files.put(tile, bytes);
      if (tile.width() == Tile.FULL) {
        above.writeBytes(hasher.root(bytes, Tile.FULL).bytes());
      }
    }
    return above;
  }

  TreeShape shape() {
    return shape;
  }

  TreeHead head() {
    @Nullable Hash right = null;
    for (Tile tile : shape.edge()) {
      right = hasher.root(read(tile), tile.width(), right);
    }
    return right == null ? TreeHead.EMPTY : new TreeHead(shape.size(), right);
  }

  @Override
  public byte[] read(Tile tile) {
    return Objects.requireNonNull(files.get(tile));
  }
}
