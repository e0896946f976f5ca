package dev.indelible.witness.tiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.merkle.EntryBundle;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.transparency.merkle.TreeHash;
import dev.indelible.witness.testing.TestLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The fast hashing against the plain one of `lib/transparency`.
class TreeHasherTest {

  private static final TestLog LOG = TestLog.create("log.example/claims");

  private final TreeHasher hasher = new TreeHasher();

  @Test
  void agreesWithTheDefinitionForEveryWidth() {
    List<Hash> hashes =
        IntStream.rangeClosed(0, Tile.FULL)
            .mapToObj(i -> Hash.sha256(("h" + i).getBytes(StandardCharsets.UTF_8)))
            .toList();
    byte[] tile = bytes(hashes.subList(0, Tile.FULL));
    for (int width = 1; width <= Tile.FULL; width++) {
      assertEquals(TreeHash.of(hashes.subList(0, width)), hasher.root(tile, width));
      List<Hash> withRight = new ArrayList<>(hashes.subList(0, width));
      withRight.add(hashes.getLast());
      assertEquals(TreeHash.of(withRight), hasher.root(tile, width, hashes.getLast()));
    }
  }

  @Test
  void theEdgeIsTheRootForEverySize() throws Exception {
    CompactRange range = CompactRange.EMPTY;
    for (int size = 0; size <= 1100; size++) {
      requireEdge(size, range.head().root());
      range = range.append(List.of(Hash.leaf(LOG.entry(size))));
    }
    for (int size : new int[] {65_535, 65_536, 65_537, 65_792, 65_793, 131_328, 131_329}) {
      requireEdge(size, LOG.head(size).root());
    }
  }

  private void requireEdge(int size, Hash root) throws Exception {
    Edge edge = Edge.read(new TreeShape(size), LOG::tile, hasher);
    assertTrue(edge.leadsTo(root), () -> "size " + size);
    assertFalse(edge.leadsTo(Hash.leaf(new byte[] {1})), () -> "size " + size);
  }

  @Test
  void readsAndHashesBundles() {
    SplittableRandom random = new SplittableRandom(7);
    for (int width : new int[] {1, 2, 3, 17, 255, 256}) {
      List<byte[]> entries = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        byte[] entry = new byte[random.nextInt(600)];
        random.nextBytes(entry);
        entries.add(entry);
      }
      byte[] bundle = EntryBundle.encode(entries);
      Leaves leaves = Leaves.of(bundle, width, hasher);
      assertTrue(leaves.isExact());
      assertEquals(width, leaves.count());
      assertArrayEquals(bytes(entries.stream().map(Hash::leaf).toList()), leaves.hashes());
      assertArrayEquals(EntryBundle.encode(entries), bundle, "the bundle is as it was");
      int fewer = random.nextInt(width);
      assertArrayEquals(
          EntryBundle.encode(entries.subList(0, fewer)), Leaves.prefix(bundle, fewer));
    }
  }

  @Test
  void noticesBundlesThatAreTooShortOrTooLong() {
    byte[] bundle = EntryBundle.encode(List.of(new byte[3], new byte[0], new byte[300]));
    for (int length = 0; length < bundle.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bundle, length);
      Leaves leaves = Leaves.of(cut, 3, hasher);
      assertFalse(leaves.isExact());
      assertTrue(leaves.count() < 3);
      assertTrue(Leaves.prefix(cut, 3) == cut);
    }
    Leaves longer = Leaves.of(java.util.Arrays.copyOf(bundle, bundle.length + 1), 3, hasher);
    assertFalse(longer.isExact());
    assertEquals(3, longer.count());
    assertFalse(Leaves.of(bundle, 2, hasher).isExact());
  }

  @Test
  void shapesAreThoseOfTheSpecification() {
    // SPEC: "a tree of size 70,000 will be represented by 273 full level 0 tiles, one partial level
    // 0 tile of width 112, one full level 1 tile, one partial level 1 tile of width 17, and one
    // partial level 2 tile of width 1."
    TreeShape shape = new TreeShape(70_000);
    assertEquals(274, shape.chunks());
    assertEquals(
        List.of(new Tile(0, 273, 112), new Tile(1, 1, 17), new Tile(2, 0, 1)), shape.edge());
    assertEquals(new Tile(1, 0, 256), shape.tile(1, 0));
    // SPEC: "a tree of size 256 will be represented by a full level 0 tile and a partial level 1
    // tile of width 1."
    assertEquals(List.of(new Tile(1, 0, 1)), new TreeShape(256).edge());
    assertEquals(List.of(), new TreeShape(0).edge());
    assertEquals(8, new TreeShape(Long.MAX_VALUE).levels());
  }

  private static byte[] bytes(List<Hash> hashes) {
    byte[] bytes = new byte[hashes.size() * Hash.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(bytes, i * Hash.LENGTH);
    }
    return bytes;
  }
}
