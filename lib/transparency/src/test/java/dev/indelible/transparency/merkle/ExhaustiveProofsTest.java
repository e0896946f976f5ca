package dev.indelible.transparency.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every proof in every tree of up to 64 leaves.
class ExhaustiveProofsTest {
  private static final int MOST = 64;

  private final NaiveTree tree = NaiveTree.of(MOST);

  @Test
  void everyLeafOfEveryTreeIsIncluded() {
    for (int size = 1; size <= MOST; size++) {
      TreeHead head = tree.head(size);
      TreeLevels levels = TreeLevels.of(tree.leaves(0, size));
      assertEquals(head, levels.head());
      for (int index = 0; index < size; index++) {
        InclusionProof proof = Proofs.inclusion(index, size, tree);
        assertEquals(tree.path(index, 0, size), proof.path(), index + " of " + size);
        assertEquals(proof, levels.inclusion(index));
        assertEquals(proof.path().size(), InclusionProof.pathLength(index, size));
        assertTrue(proof.verify(tree.leaf(index), head), index + " of " + size);
      }
    }
  }

  @Test
  void pathLengthsAtTheEndOfTheNumbers() {
    assertEquals(63, InclusionProof.pathLength(0, Long.MAX_VALUE));
    assertEquals(62, InclusionProof.pathLength(Long.MAX_VALUE - 1, Long.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> TreeLevels.of(List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> TreeLevels.of(tree.leaves(0, 3)).inclusion(3));
  }

  @Test
  void noProofFitsAnotherIndexOrSize() {
    for (int size = 1; size <= MOST; size++) {
      for (int index = 0; index < size; index++) {
        List<Hash> path = tree.path(index, 0, size);
        for (int other = 0; other < size; other++) {
          boolean holds =
              new InclusionProof(other, size, path).verify(tree.leaf(index), tree.head(size));
          assertEquals(other == index, holds, other + " for " + index + " of " + size);
        }
        for (int otherSize = index + 1; otherSize <= MOST; otherSize++) {
          TreeHead claimed = new TreeHead(otherSize, tree.head(size).root());
          boolean holds =
              new InclusionProof(index, otherSize, path).verify(tree.leaf(index), claimed);
          // Paths of equal shape exist in trees of several sizes; the root then proves the leaf
          // in all of them, and only the signed size says which tree was meant.
          assertTrue(!holds || path.size() == tree.path(index, 0, otherSize).size());
        }
      }
    }
  }

  @Test
  void everyTreeIsAPrefixOfEveryLargerTree() {
    for (int to = 0; to <= MOST; to++) {
      for (int from = 0; from <= to; from++) {
        ConsistencyProof proof = Proofs.consistency(from, to, tree);
        List<Hash> expected = from == 0 ? List.of() : tree.subproof(from, 0, to, true);
        assertEquals(expected, proof.path(), from + " to " + to);
        assertTrue(proof.verify(tree.head(from), tree.head(to)), from + " to " + to);
      }
    }
  }

  @Test
  void headsAgreeHoweverTheyAreComputed() {
    CompactRange range = CompactRange.EMPTY;
    for (int size = 0; size <= MOST; size++) {
      TreeHead expected = tree.head(size);
      assertEquals(expected, range.head());
      assertEquals(expected, Proofs.head(size, tree));
      assertEquals(expected.root(), TreeHash.of(tree.leaves(0, size)));
      for (int from = 0; from <= size; from++) {
        CompactRange start = CompactRange.EMPTY.append(tree.leaves(0, from));
        assertEquals(expected, start.append(tree.leaves(from, size)).head());
      }
      if (size < MOST) {
        range = range.append(List.of(tree.leaf(size)));
      }
    }
  }

  @Test
  void everyChangedBitOfAProofIsSeen() {
    for (int size : new int[] {1, 2, 3, 5, 8, 13, 33, 64}) {
      for (int index = 0; index < size; index++) {
        InclusionProof proof = Proofs.inclusion(index, size, tree);
        Hash leaf = tree.leaf(index);
        TreeHead head = tree.head(size);
        for (int bit = 0; bit < 256; bit += 37) {
          assertFalse(proof.verify(flip(leaf, bit), head));
          assertFalse(proof.verify(leaf, new TreeHead(size, flip(head.root(), bit))));
          for (List<Hash> path : changed(proof.path(), bit)) {
            assertFalse(new InclusionProof(index, size, path).verify(leaf, head));
          }
        }
      }
      for (int from = 1; from <= size; from++) {
        ConsistencyProof proof = Proofs.consistency(from, size, tree);
        TreeHead older = tree.head(from);
        TreeHead newer = tree.head(size);
        for (int bit = 0; bit < 256; bit += 37) {
          assertFalse(proof.verify(new TreeHead(from, flip(older.root(), bit)), newer));
          assertFalse(proof.verify(older, new TreeHead(size, flip(newer.root(), bit))));
          for (List<Hash> path : changed(proof.path(), bit)) {
            assertFalse(new ConsistencyProof(from, size, path).verify(older, newer));
          }
        }
      }
    }
  }

  @Test
  void everySubtreeIsPartOfEveryTreeThatHoldsIt() {
    for (int start = 0; start < 32; start++) {
      for (int end = start + 1; end <= 32; end++) {
        Subtree subtree = subtree(start, end);
        if (subtree != null) {
          checkSubtree(subtree);
        }
      }
    }
  }

  private void checkSubtree(Subtree subtree) {
    int start = (int) subtree.start();
    int end = (int) subtree.end();
    Hash hash = tree.mth(start, end);
    for (int index = start; index < end; index++) {
      List<Hash> path = tree.path(index - start, start, end);
      assertTrue(new SubtreeInclusion(index, subtree, path).verify(tree.leaf(index), hash));
    }
    for (int size = end; size <= 40; size++) {
      List<Hash> path = tree.subtreeSubproof(start, end, 0, size, true);
      SubtreeConsistency proof = new SubtreeConsistency(subtree, size, path);
      assertTrue(proof.verify(hash, tree.head(size)), subtree + " in " + size);
      assertFalse(proof.verify(flip(hash, 3), tree.head(size)));
      assertFalse(proof.verify(hash, new TreeHead(size, flip(tree.head(size).root(), 3))));
      for (List<Hash> changed : changed(path, 3)) {
        assertFalse(new SubtreeConsistency(subtree, size, changed).verify(hash, tree.head(size)));
      }
    }
  }

  @Test
  void onlyAlignedRangesAreSubtrees() {
    for (int start = 0; start <= 64; start++) {
      for (int end = start + 1; end <= 65; end++) {
        int span = 1;
        while (span < end - start) {
          span *= 2;
        }
        assertEquals(start % span == 0, subtree(start, end) != null, start + " to " + end);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> new Subtree(1, Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, new Subtree(0, Long.MAX_VALUE).size());
  }

  private static Subtree subtree(int start, int end) {
    try {
      return new Subtree(start, end);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The path with one bit changed, one hash more, one less, and two swapped.
  private List<List<Hash>> changed(List<Hash> path, int bit) {
    List<List<Hash>> all = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      List<Hash> flipped = new ArrayList<>(path);
      flipped.set(i, flip(path.get(i), bit));
      all.add(flipped);
      List<Hash> shorter = new ArrayList<>(path);
      shorter.remove(i);
      all.add(shorter);
      if (i > 0) {
        List<Hash> swapped = new ArrayList<>(path);
        Collections.swap(swapped, i - 1, i);
        all.add(swapped);
      }
    }
    for (int i = 0; i <= path.size(); i++) {
      List<Hash> longer = new ArrayList<>(path);
      longer.add(i, tree.leaf(bit % MOST));
      all.add(longer);
    }
    return all;
  }

  private static Hash flip(Hash hash, int bit) {
    byte[] bytes = hash.bytes();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return Hash.of(bytes);
  }
}
