package dev.indelible.ledger.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.CompactRange;
import dev.indelible.transparency.merkle.InclusionProof;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Proofs out of a block that was just sealed, for every start and length up to 40.
class SealedBlockTest {
  private static final int MOST = 40;

  private static Hash leaf(long index) {
    return Hash.leaf(ByteBuffer.allocate(Long.BYTES).putLong(index).array());
  }

  private static List<Hash> leaves(long start, long end) {
    return LongStream.range(start, end).mapToObj(SealedBlockTest::leaf).toList();
  }

  private static SealedBlock seal(long start, long end) {
    CompactRange before = CompactRange.EMPTY.append(leaves(0, start));
    TreeHead head = before.append(leaves(start, end)).head();
    Block block =
        new Block(
            0,
            start,
            head,
            "log\n\n— log AAAAAAAA\n",
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty());
    return new SealedBlock(block, before, leaves(start, end));
  }

  @Test
  void provesEachOfItsLeavesAndNoOther() {
    for (long start = 0; start < MOST; start++) {
      for (long end = start + 1; end <= MOST; end++) {
        SealedBlock sealed = seal(start, end);
        for (long index = 0; index <= MOST; index++) {
          assertEquals(start <= index && index < end, sealed.proves(index));
        }
        for (long index = start; index < end; index++) {
          InclusionProof proof = sealed.receipt(index).proof();
          String where = index + " in [" + start + ", " + end + ")";
          assertTrue(proof.verify(leaf(index), sealed.block().head()), where);
          assertEquals(leaf(index), sealed.leafHash(index), where);
        }
      }
    }
  }
}
