package dev.indelible.witness.tiles;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.merkle.Nodes;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.merkle.Tile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The tiles of one signed tree, each compared with the tile above it before anything is read from
/// it. Where a tile does not fit and what is below it does, it is reported and what is below is
/// used instead, so that one wrong tile hides no other. For one thread.
public final class AuthenticTree {
  private static final int LEVELS_PER_TILE = 8;

  private final TreeHead head;
  private final TreeShape shape;
  private final TileSource source;
  private final Inspector inspector;
  private final TreeHasher hasher = new TreeHasher();

  /// The partial tiles, by level.
  private final Map<Integer, byte[]> edge = new HashMap<>();

  /// The full tile that was used last, by level: leaves are visited in order, so the next one is
  /// mostly below the same.
  private final Map<Integer, Used> used = new HashMap<>();

  private static final class Used {
    final long index;
    final byte[] hashes;

    Used(long index, byte[] hashes) {
      this.index = index;
      this.hashes = hashes;
    }
  }

  private AuthenticTree(TreeHead head, TileSource source, Inspector inspector) {
    this.head = head;
    this.shape = new TreeShape(head.size());
    this.source = source;
    this.inspector = inspector;
  }

  /// Reads the tree's right edge and compares it with the root.
  ///
  /// @return nothing when tiles and entries do not lead to the root, however one takes them
  /// @throws UnavailableException when a tile of the edge cannot be read
  public static Optional<AuthenticTree> open(TreeHead head, TileSource source, Inspector inspector)
      throws IOException, InterruptedException {
    AuthenticTree tree = new AuthenticTree(head, source, inspector);
    Edge read = Edge.read(tree.shape, source, tree.hasher);
    Optional<Edge> right =
        read.leadsTo(head.root())
            ? Optional.of(read)
            : read.mended(tree.below(), head.root(), inspector);
    if (right.isEmpty()) {
      return Optional.empty();
    }
    for (Tile tile : tree.shape.edge()) {
      byte[] hashes = right.get().hashes(tile);
      tree.edge.put(tile.level(), hashes);
      if (Arrays.equals(hashes, read.hashes(tile))) {
        inspector.verified(tile, hashes);
      }
    }
    return Optional.of(tree);
  }

  /// Size and root, as signed.
  public TreeHead head() {
    return head;
  }

  TreeShape shape() {
    return shape;
  }

  /// The hashes of a tile, found right or mended.
  byte[] hashes(Tile tile) throws IOException, InterruptedException {
    byte[] partial = edge.get(tile.level());
    if (tile.width() < Tile.FULL && partial != null) {
      return partial;
    }
    Used last = used.get(tile.level());
    if (last == null || last.index != tile.index()) {
      last = new Used(tile.index(), load(tile));
      used.put(tile.level(), last);
    }
    return last.hashes;
  }

  /// What a full tile has to hash to, by the tile above it.
  Hash expected(Tile full) throws IOException, InterruptedException {
    byte[] above = hashes(shape.tile(full.level() + 1, full.index() / Tile.FULL));
    return Hash.at(above, (int) (full.index() % Tile.FULL) * Hash.LENGTH);
  }

  private byte[] load(Tile tile) throws IOException, InterruptedException {
    Hash expected = expected(tile);
    byte[] hashes;
    try {
      hashes = source.read(tile);
    } catch (UnavailableException e) {
      return withoutTile(tile, expected, e);
    }
    if (leadTo(expected, tile, hashes)) {
      inspector.verified(tile, hashes);
      return hashes;
    }
    byte[] assembled = below().assemble(tile);
    Optional<byte[]> mended =
        new Mixture(hashes, assembled).find(mixed -> leadTo(expected, tile, mixed));
    byte[] better = mended.orElse(assembled);
    String doubt = mended.isPresent() ? "" : "; and what is below it does not lead to the root";
    inspector.found(
        Finding.wrong(TileSource.name(tile), new Mixture(hashes, better).difference() + doubt));
    return better;
  }

  private byte[] withoutTile(Tile tile, Hash expected, UnavailableException reason)
      throws IOException, InterruptedException {
    byte[] assembled = below().assemble(tile);
    if (!leadTo(expected, tile, assembled)) {
      throw reason;
    }
    inspector.found(reason.finding());
    return assembled;
  }

  private boolean leadTo(Hash expected, Tile tile, byte[] hashes) {
    return Below.fits(tile, hashes) && hasher.root(hashes, tile.width()).equals(expected);
  }

  private Below below() {
    return new Below(shape, source, hasher);
  }

  /// The head of this tree's first `size` leaves.
  public TreeHead prefix(long size) throws IOException, InterruptedException {
    return withNodes(nodes -> Proofs.head(size, nodes));
  }

  /// The proof that these first `size` leaves are a prefix of this tree.
  public ConsistencyProof consistency(long size) throws IOException, InterruptedException {
    return withNodes(nodes -> Proofs.consistency(size, head.size(), nodes));
  }

  private interface Computation<T> {
    T from(Nodes nodes);
  }

  private <T> T withNodes(Computation<T> computation) throws IOException, InterruptedException {
    try {
      return computation.from(this::node);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof InterruptedIOException) {
        throw new InterruptedException();
      }
      throw e.getCause();
    }
  }

  private Hash node(int level, long index) {
    int within = level % LEVELS_PER_TILE;
    int count = 1 << within;
    long first = index << within;
    try {
      byte[] tile = hashes(shape.tile(level / LEVELS_PER_TILE, first / Tile.FULL));
      int at = (int) (first % Tile.FULL) * Hash.LENGTH;
      return hasher.root(Arrays.copyOfRange(tile, at, at + count * Hash.LENGTH), count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new InterruptedIOException());
    }
  }
}
