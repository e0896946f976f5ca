package dev.indelible.ledger.block;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.merkle.Proofs;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.receipt.TlogProof;
import java.util.ArrayList;
import java.util.List;

/// A block just sealed, with all that is needed to prove that its leaves are in it: nobody who
/// waits for one of them has to ask the database.
public final class SealedBlock {
  private final Block block;
  private final CompactRange before;
  private final SignedNote note;
  private final List<List<Hash>> levels;

  /// @param block the block
  /// @param before the tree before it
  /// @param leafHashes of the block's leaves, in order
  SealedBlock(Block block, CompactRange before, List<Hash> leafHashes) {
    this.block = block;
    this.before = before;
    this.note = SignedNote.parse(block.note());
    this.levels = levels(before, leafHashes);
  }

  /// The leaves of consecutive blocks under the witnessed checkpoint of a later one; proves nothing
  /// when these are not the blocks up to that one.
  static SealedBlock under(Block witnessed, List<SealedBlock> blocks) {
    if (blocks.isEmpty() || blocks.getLast().block().end() != witnessed.end()) {
      return of(witnessed);
    }
    SealedBlock first = blocks.getFirst();
    Block all =
        new Block(
            witnessed.number(),
            first.block().start(),
            witnessed.head(),
            witnessed.witnessedNote().orElseThrow(),
            witnessed.sealedAt(),
            witnessed.witnessedNote(),
            witnessed.cose());
    List<Hash> leafHashes =
        blocks.stream().flatMap(block -> block.levels.getFirst().stream()).toList();
    return new SealedBlock(all, first.before, leafHashes);
  }

  /// How many leaves this can prove.
  int leaves() {
    return levels.isEmpty() ? 0 : levels.getFirst().size();
  }

  /// A block that was sealed earlier and proves nothing here.
  public static SealedBlock of(Block block) {
    return new SealedBlock(block, CompactRange.EMPTY, List.of());
  }

  /// On each level the perfect subtrees that hold at least one of the block's leaves, in order.
  ///
  /// The first of them may begin before the block. Then its left half is a perfect subtree of the
  /// tree before, and of those that the tree consists of, since what lies around it is not complete
  /// without the block.
  private static List<List<Hash>> levels(CompactRange before, List<Hash> leafHashes) {
    List<List<Hash>> levels = new ArrayList<>();
    long first = before.size();
    List<Hash> hashes = leafHashes;
    for (int level = 0; !hashes.isEmpty(); level++) {
      levels.add(hashes);
      List<Hash> above = new ArrayList<>(hashes.size() / 2 + 1);
      int at = 0;
      if ((first & 1) == 1) {
        above.add(Hash.node(whole(before, level), hashes.getFirst()));
        at = 1;
      }
      for (; at + 1 < hashes.size(); at += 2) {
        above.add(Hash.node(hashes.get(at), hashes.get(at + 1)));
      }
      hashes = above;
      first >>= 1;
    }
    return levels;
  }

  /// The subtree of 2^level leaves among those that a tree consists of.
  private static Hash whole(CompactRange tree, int level) {
    return tree.nodes().get(Long.bitCount(tree.size() >>> level) - 1);
  }

  /// The block.
  public Block block() {
    return block;
  }

  /// Whether this can prove that the block holds a leaf. Not when the block was sealed earlier and
  /// is only the newest one.
  public boolean proves(long index) {
    return !levels.isEmpty() && block.start() <= index && index < block.end();
  }

  /// The leaf hash at this index of the log.
  public Hash leafHash(long index) {
    return levels.getFirst().get((int) (index - block.start()));
  }

  /// The proof that this leaf is in the tree that the block's checkpoint signs.
  public TlogProof receipt(long index) {
    return new TlogProof(Proofs.inclusion(index, block.end(), this::node), note);
  }

  /// All that a proof for a leaf of this block ever asks for is here: see [#levels].
  private Hash node(int level, long index) {
    long first = block.start() >> level;
    if (index >= first && level < levels.size()) {
      int at = (int) (index - first);
      if (at < levels.get(level).size()) {
        return levels.get(level).get(at);
      }
    }
    return whole(before, level);
  }
}
