package dev.indelible.witness.tiles;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The partial tiles of a tree, lowest first. Together they are its root.
final class Edge {
  private final Map<Tile, byte[]> tiles;
  private final TreeHasher hasher;

  private Edge(Map<Tile, byte[]> tiles, TreeHasher hasher) {
    this.tiles = tiles;
    this.hasher = hasher;
  }

  /// As the log serves it.
  static Edge read(TreeShape shape, TileSource source, TreeHasher hasher)
      throws IOException, InterruptedException {
    Map<Tile, byte[]> tiles = new LinkedHashMap<>();
    for (Tile tile : shape.edge()) {
      tiles.put(tile, source.read(tile));
    }
    return new Edge(tiles, hasher);
  }

  byte[] hashes(Tile tile) {
    return Objects.requireNonNull(tiles.get(tile));
  }

  boolean leadsTo(Hash root) {
    return root().filter(root::equals).isPresent();
  }

  /// The root, unless a tile is too short or too long.
  private Optional<Hash> root() {
    @Nullable Hash right = null;
    for (Map.Entry<Tile, byte[]> tile : tiles.entrySet()) {
      if (!Below.fits(tile.getKey(), tile.getValue())) {
        return Optional.empty();
      }
      right = hasher.root(tile.getValue(), tile.getKey().width(), right);
    }
    return Optional.of(right == null ? Hash.EMPTY_TREE : right);
  }

  /// An edge that leads to the root: this one, with what is below it where this one is wrong.
  /// Nothing when there is none, for then tiles, entries and checkpoint do not belong together.
  /// Reports what is wrong either way.
  Optional<Edge> mended(Below below, Hash root, Inspector inspector)
      throws IOException, InterruptedException {
    Edge other = new Edge(new LinkedHashMap<>(tiles), hasher);
    try {
      for (Tile tile : tiles.keySet()) {
        other.tiles.put(tile, below.assemble(tile));
      }
    } catch (UnavailableException e) {
      inspector.found(e.finding());
    }
    Optional<Edge> mended = mixed(other, root);
    Edge better = mended.orElse(other);
    for (Tile tile : tiles.keySet()) {
      if (!Arrays.equals(hashes(tile), better.hashes(tile))) {
        String where = new Mixture(hashes(tile), better.hashes(tile)).difference();
        inspector.found(Finding.wrong(TileSource.name(tile), where));
      }
    }
    if (mended.isEmpty()) {
      inspector.found(Finding.wrong("checkpoint", doesNotLead(root)));
    }
    return mended;
  }

  private Optional<Edge> mixed(Edge other, Hash root) {
    if (root().isEmpty()) {
      return Optional.of(other).filter(edge -> edge.leadsTo(root));
    }
    return new Mixture(bytes(), other.bytes())
        .find(mixed -> with(mixed).leadsTo(root))
        .map(this::with);
  }

  private byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    tiles.values().forEach(all::writeBytes);
    return all.toByteArray();
  }

  /// The same tiles with other hashes.
  private Edge with(byte[] all) {
    Map<Tile, byte[]> others = new LinkedHashMap<>();
    int at = 0;
    for (Tile tile : tiles.keySet()) {
      int end = at + tile.width() * Hash.LENGTH;
      others.put(tile, Arrays.copyOfRange(all, at, end));
      at = end;
    }
    return new Edge(others, hasher);
  }

  private String doesNotLead(Hash root) {
    String found = root().map(hash -> "lead to " + hash).orElse("lead nowhere");
    return "its root is " + root + ", the tiles of the right edge " + found;
  }
}
