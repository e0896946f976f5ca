package dev.indelible.ledger;

import dev.indelible.transparency.note.VerifierKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The keys of one log. Which of them sign follows from the log's own entries and from nothing
/// else: a key that is merely at hand signs nothing.
public interface LogKeys {
  /// The generations whose private keys this process has, oldest first.
  List<Generation> held();

  /// The generations that sign a checkpoint over the first `size` entries, oldest first: those that
  /// these entries announce and do not retire. The entries have to be durable.
  ///
  /// @throws KeyMissingException when this process lacks one of them
  List<Generation> signing(long size);

  /// Reads what the first `size` entries say, on a connection that is open anyway. After that
  /// [#signing] of this tree needs none of its own.
  void read(Connection connection, long size) throws SQLException;

  /// How others verify what the newest of the generations in force signs over the first `size`
  /// entries: the Ed25519 key, then the ML-DSA-44 one. Unlike for [#signing] their private keys
  /// need not be here any more.
  List<VerifierKey> verifying(long size);

  /// The newest generation that signs, as of the largest tree that [#signing] was asked about.
  Generation newest();
}
