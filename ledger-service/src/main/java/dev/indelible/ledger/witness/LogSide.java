package dev.indelible.ledger.witness;

import dev.indelible.ledger.block.Block;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.merkle.ConsistencyProof;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import java.sql.SQLException;
import java.util.Optional;

/// What a log knows of itself when it speaks with a witness, and where it keeps the answers. A
/// port: the simulator plays a database that fails.
public interface LogSide {
  /// The newest block, as a clean commit finds it.
  Optional<Block> last() throws SQLException;

  /// How many leaves there are, sealed or not, as a clean commit finds them.
  long leaves() throws SQLException;

  /// The proof that the first `from` leaves are a prefix of the first `to`, as any connection finds
  /// it, perhaps one to a former primary.
  ConsistencyProof proof(long from, long to) throws SQLException;

  /// The same as a clean commit finds it.
  ConsistencyProof durableProof(long from, long to) throws SQLException;

  /// The tree under a checkpoint that somebody shows, if this log signed it.
  Optional<TreeHead> signed(SignedNote note);

  /// The head of the first `size` leaves as a clean commit finds it.
  TreeHead durableHead(long size) throws SQLException;

  /// Keeps a cosignature.
  void keep(Block block, String witness, NoteSignature line) throws SQLException;
}
