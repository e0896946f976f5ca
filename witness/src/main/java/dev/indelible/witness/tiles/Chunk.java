package dev.indelible.witness.tiles;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A tile of level 0 and its bundle, on their way. Everything that needs no other tile is computed
/// where they are read, several at a time: the leaf hashes and what the tile hashes to.
final class Chunk {
  private final Tile tile;
  private final Tile bundle;
  private final @Nullable Future<Hashed> hashed;
  private final Future<Leaves> leaves;

  /// A full tile's bytes and root.
  static final class Hashed {
    private final byte[] bytes;
    private final Optional<Hash> root;

    private Hashed(byte[] bytes, Optional<Hash> root) {
      this.bytes = bytes;
      this.root = root;
    }

    byte[] bytes() {
      return bytes;
    }

    boolean leadsTo(Hash expected) {
      return root.filter(expected::equals).isPresent();
    }
  }

  private Chunk(Tile tile, Tile bundle, @Nullable Future<Hashed> hashed, Future<Leaves> leaves) {
    this.tile = tile;
    this.bundle = bundle;
    this.hashed = hashed;
    this.leaves = leaves;
  }

  /// Sends for chunk `index` of a tree. The partial tile is part of the edge and not read again.
  static Chunk of(TreeShape shape, long index, TileSource source, ExecutorService threads) {
    Tile tile = shape.tile(0, index);
    Tile bundle = shape.bundle(index);
    Future<Hashed> hashed =
        tile.width() < Tile.FULL ? null : threads.submit(() -> hash(source.read(tile), tile));
    Future<Leaves> leaves =
        threads.submit(() -> Leaves.of(source.read(bundle), bundle.width(), new TreeHasher()));
    return new Chunk(tile, bundle, hashed, leaves);
  }

  private static Hashed hash(byte[] bytes, Tile tile) {
    return new Hashed(
        bytes,
        Below.fits(tile, bytes)
            ? Optional.of(new TreeHasher().root(bytes, tile.width()))
            : Optional.empty());
  }

  Tile tile() {
    return tile;
  }

  Tile bundle() {
    return bundle;
  }

  /// Index of its first leaf.
  long start() {
    return tile.index() * Tile.FULL;
  }

  /// The tile, or nothing when it is part of the edge.
  @Nullable Hashed hashed() throws IOException, InterruptedException {
    return hashed == null ? null : await(hashed);
  }

  Leaves leaves() throws IOException, InterruptedException {
    return await(leaves);
  }

  private static <T> T await(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case InterruptedException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
