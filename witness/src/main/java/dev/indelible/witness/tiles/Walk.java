package dev.indelible.witness.tiles;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Goes through the entries of a tree in order and compares each with its leaf hash, each tile of
/// leaf hashes with the tile above it.
public final class Walk {
  /// Chunks that could not be read, one after the other, until the log counts as gone.
  private static final int MAX_UNAVAILABLE = 4;

  private final AuthenticTree tree;
  private final TileSource source;
  private final Inspector inspector;
  private final Limits limits;
  private int unavailable;

  /// What a walk may take.
  ///
  /// @param window chunks under way at once
  /// @param pace how fast
  public record Limits(int window, Pace pace) {}

  /// A walk through this tree.
  public Walk(AuthenticTree tree, TileSource source, Inspector inspector, Limits limits) {
    this.tree = tree;
    this.source = source;
    this.inspector = inspector;
    this.limits = limits;
  }

  /// Looks at every chunk that holds a leaf of `[from, to)`.
  ///
  /// @throws UnavailableException when the log seems to be gone
  public void run(long from, long to) throws IOException, InterruptedException {
    long next = from / Tile.FULL;
    long end = from < to ? (to - 1) / Tile.FULL + 1 : next;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        Deque<Chunk> window = new ArrayDeque<>();
        while (next < end || !window.isEmpty()) {
          while (next < end && window.size() < limits.window()) {
            limits.pace().spend(tree.shape().bundle(next).width());
            window.add(Chunk.of(tree.shape(), next++, source, threads));
          }
          look(window.remove());
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private void look(Chunk chunk) throws IOException, InterruptedException {
    unavailable = inspect(chunk) ? 0 : unavailable + 1;
    if (unavailable == MAX_UNAVAILABLE) {
      throw new UnavailableException(
          TileSource.name(chunk.tile()), "given up here: too much could not be read", false);
    }
    inspector.reached(chunk.start() + chunk.tile().width());
  }

  private boolean inspect(Chunk chunk) throws IOException, InterruptedException {
    try {
      Leaves leaves = chunk.leaves();
      Chunk.Hashed hashed = chunk.hashed();
      if (hashed == null) {
        compare(chunk, leaves, tree.hashes(chunk.tile()));
      } else if (hashed.leadsTo(tree.expected(chunk.tile()))) {
        inspector.verified(chunk.tile(), hashed.bytes());
        compare(chunk, leaves, hashed.bytes());
      } else {
        judgeTile(chunk, leaves, hashed.bytes());
      }
      return true;
    } catch (UnavailableException e) {
      inspector.found(e.finding());
      return false;
    }
  }

  /// The tile does not lead to the root. Perhaps its entries do.
  private void judgeTile(Chunk chunk, Leaves leaves, byte[] tile)
      throws IOException, InterruptedException {
    String name = TileSource.name(chunk.tile());
    Hash expected = tree.expected(chunk.tile());
    TreeHasher hasher = new TreeHasher();
    Optional<byte[]> mended =
        new Mixture(tile, leaves.hashes())
            .find(mixed -> hasher.root(mixed, chunk.tile().width()).equals(expected));
    byte[] better = mended.orElse(leaves.hashes());
    String where = new Mixture(tile, better).difference();
    if (mended.isPresent()) {
      inspector.found(Finding.wrong(name, where));
      compare(chunk, leaves, better);
    } else {
      inspector.found(Finding.wrong(name, where + "; and its entries do not lead to the root"));
      if (Below.fits(chunk.tile(), tile)) {
        compare(chunk, leaves, tile);
      }
    }
  }

  /// Names the entries that do not hash to their leaf, neighbours together.
  private void compare(Chunk chunk, Leaves leaves, byte[] tile) throws IOException {
    boolean all = true;
    int width = chunk.tile().width();
    for (int i = 0; i < width; i++) {
      if (!leaves.agrees(i, tile)) {
        int first = i;
        while (i + 1 < width && !leaves.agrees(i + 1, tile)) {
          i++;
        }
        inspector.found(wrongEntries(chunk, leaves, first, i));
        all = false;
      }
    }
    if (all && leaves.isExact()) {
      inspector.verified(chunk.bundle(), leaves.bundle());
    } else if (all) {
      inspector.found(
          Finding.wrong(TileSource.name(chunk.bundle()), "it holds more than its entries"));
    }
  }

  private static Finding wrongEntries(Chunk chunk, Leaves leaves, int first, int last) {
    String bundle = " (in " + TileSource.name(chunk.bundle()) + ")";
    long index = chunk.start() + first;
    String place =
        first == last ? "entry " + index : "entries " + index + " to " + (chunk.start() + last);
    String what =
        last < leaves.count()
            ? "not what the leaf hash in " + TileSource.name(chunk.tile()) + " is the hash of"
            : "the bundle ends before entry "
                + (chunk.start() + last)
                + ", or a length in it is wrong";
    return Finding.wrong(place + bundle, what);
  }
}
