package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.NoteSigner;
import dev.indelible.transparency.note.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The log's signature over the match tokens that stand beside a block's leaves now, and over the
/// erasures whose tombstones are among these leaves. Tokens are in no leaf, so that they can be
/// erased; this is what shows that nobody but the log erased, added or changed any.
///
/// The seal is made with the block and made anew whenever the log itself changes the tokens. It is
/// not in the log: whoever kept an old seal with its tokens can put both back, and what was erased
/// is then named by the audit because of its tombstone.
///
/// @param digest over the rows, in order
/// @param signature by an Ed25519 key of the log that was in force when the seal was made
public record TokenSeal(Hash digest, Bytes signature) {
  private static final byte[] LABEL = "indelible/tokens/v1\n".getBytes(StandardCharsets.US_ASCII);

  static TokenSeal sign(Log log, Hash digest) {
    return sign(log, log.ed25519(), digest);
  }

  /// Signs what stands there now.
  public static TokenSeal sign(Log log, NoteSigner key, Hash digest) {
    return new TokenSeal(digest, Bytes.of(key.signer().sign(message(log, digest))));
  }

  /// Whether the log sealed exactly these rows.
  public boolean holds(Log log, List<VerifierKey> keys, Hash now) {
    return digest.equals(now) && verify(log, keys, digest, signature.toArray());
  }

  /// What is signed: label and origin keep it apart from everything else that the key signs.
  static byte[] message(Log log, Hash digest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(LABEL);
    out.writeBytes((log.origin() + "\n").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(digest.bytes());
    return out.toByteArray();
  }

  /// Whether `signature` over `digest` is by one of these keys of the log.
  public static boolean verify(Log log, List<VerifierKey> keys, Hash digest, byte[] signature) {
    byte[] message = message(log, digest);
    return keys.stream()
        .anyMatch(key -> key.type().algorithm().verify(key.publicKey(), message, signature));
  }

  /// The digest of what stands beside the leaves `[start, end)`.
  public static Hash digest(Connection connection, String log, long start, long end)
      throws SQLException {
    String sql =
        "SELECT idx, name, kind, epoch, digest FROM match_token WHERE log = ? AND idx >= ?"
            + " AND idx < ? ORDER BY idx, name COLLATE \"C\", epoch, digest, kind";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, start);
      select.setLong(3, end);
      ResultSet rows = select.executeQuery();
      TokenDigest digest = new TokenDigest();
      while (rows.next()) {
        digest.token(
            rows.getLong(1),
            rows.getString(2),
            rows.getString(3),
            rows.getInt(4),
            rows.getBytes(5));
      }
      ErasureStore.list(connection, log, start, end).forEach(digest::erasure);
      return digest.hash();
    }
  }

  boolean insert(Connection connection, String log, long block) throws SQLException {
    String sql = "INSERT INTO token_seal (log, block, digest, signature) VALUES (?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, log);
      insert.setLong(2, block);
      insert.setBytes(3, digest.bytes());
      insert.setBytes(4, signature.toArray());
      return insert.executeUpdate() == 1;
    }
  }

  /// The seal of a block, locked until the transaction ends; nothing when somebody deleted it.
  public static Optional<TokenSeal> lock(Connection connection, String log, long block)
      throws SQLException {
    String sql = "SELECT digest, signature FROM token_seal WHERE log = ? AND block = ? FOR UPDATE";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, block);
      ResultSet row = select.executeQuery();
      if (!row.next() || row.getBytes(1).length != Hash.LENGTH) {
        return Optional.empty();
      }
      return Optional.of(new TokenSeal(Hash.of(row.getBytes(1)), Bytes.of(row.getBytes(2))));
    }
  }

  /// Puts this seal in the place of a locked one.
  public void replace(Connection connection, String log, long block) throws SQLException {
    String sql = "UPDATE token_seal SET digest = ?, signature = ? WHERE log = ? AND block = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setBytes(1, digest.bytes());
      update.setBytes(2, signature.toArray());
      update.setString(3, log);
      update.setLong(4, block);
      update.executeUpdate();
    }
  }
}
