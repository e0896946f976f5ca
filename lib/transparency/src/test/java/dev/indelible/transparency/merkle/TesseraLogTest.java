package dev.indelible.transparency.merkle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.Testdata;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.policy.TrustPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Reads a log that another implementation wrote: checkpoints, tiles and entry bundles of C2SP.
class TesseraLogTest {
  private static final int SIZE = 15;
  private static final String KEY =
      "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

  @Test
  void bundlesHashToEverySignedRoot() {
    for (int size = 0; size <= SIZE; size++) {
      List<Hash> leaves = entries(size).stream().map(Hash::leaf).toList();
      assertEquals(head(size).root(), CompactRange.EMPTY.append(leaves).head().root());
      assertEquals(head(size).root(), TreeHash.of(leaves));
      assertEquals(leaves, tile(size));
    }
  }

  @Test
  void bundlesAreWrittenTheSameWay() {
    for (int size = 1; size <= SIZE; size++) {
      assertArrayEquals(bytes(Tile.ENTRIES, size), EntryBundle.encode(entries(size)));
    }
  }

  @Test
  void everyCheckpointIsAPrefixOfEveryLaterOne() {
    for (int to = 1; to <= SIZE; to++) {
      Nodes nodes = nodes(to);
      for (int from = 0; from <= to; from++) {
        assertTrue(Proofs.consistency(from, to, nodes).verify(head(from), head(to)));
      }
      for (int index = 0; index < to; index++) {
        assertTrue(Proofs.inclusion(index, to, nodes).verify(tile(to).get(index), head(to)));
      }
    }
  }

  @Test
  void checkpointsPrintAsTheyWereRead() {
    for (int size = 0; size <= SIZE; size++) {
      String text = Testdata.text("tlog-tessera/checkpoint." + size);
      assertEquals(text, SignedNote.parse(text).print());
      assertEquals("example.com/log/testdata", checkpoint(size).origin());
      assertEquals(size, checkpoint(size).head().size());
    }
    String latest = Testdata.text("tlog-tessera/checkpoint");
    assertEquals(Testdata.text("tlog-tessera/checkpoint.15"), latest);
  }

  /// Under the key that its makers publish.
  @Test
  void everyCheckpointIsSigned() throws VerificationException {
    TrustPolicy policy = TrustPolicy.parse("log " + KEY + "\nquorum none\n");
    for (int size = 0; size <= SIZE; size++) {
      SignedNote note = SignedNote.parse(Testdata.text("tlog-tessera/checkpoint." + size));
      assertEquals(head(size), policy.open(note).checkpoint().head());
      SignedNote other = SignedNote.parse(Testdata.text("tlog-tessera/checkpoint." + (15 - size)));
      SignedNote swapped = new SignedNote(note.text(), other.signatures());
      assertThrows(VerificationException.class, () -> policy.open(swapped));
    }
  }

  /// Nodes of the tree of `size` leaves, from its only tile.
  private static Nodes nodes(int size) {
    List<Hash> hashes = tile(size);
    return (level, index) -> {
      int start = (int) index << level;
      return TreeHash.of(hashes.subList(start, start + (1 << level)));
    };
  }

  private static List<Hash> tile(int width) {
    byte[] bytes = bytes(0, width);
    assertEquals(width * Hash.LENGTH, bytes.length);
    return java.util.stream.IntStream.range(0, width)
        .mapToObj(i -> Hash.at(bytes, i * Hash.LENGTH))
        .toList();
  }

  private static List<byte[]> entries(int width) {
    return EntryBundle.decode(bytes(Tile.ENTRIES, width));
  }

  private static byte[] bytes(int level, int width) {
    return width == 0
        ? new byte[0]
        : Testdata.bytes("tlog-tessera/tile/" + new Tile(level, 0, width).path());
  }

  private static TreeHead head(int size) {
    return checkpoint(size).head();
  }

  private static Checkpoint checkpoint(int size) {
    String note = Testdata.text("tlog-tessera/checkpoint." + size);
    return Checkpoint.parse(SignedNote.parse(note).text());
  }
}
