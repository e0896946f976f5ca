package dev.indelible.ledger.block;

import dev.indelible.ledger.Log;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.note.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// The log's signature over the match tokens that came with a block. Tokens are in no leaf, so that
/// they can be erased; this is what shows that the others are as they came.
///
/// @param digest over the rows, in order
/// @param signature by the newest Ed25519 key that signed the block's checkpoint
public record TokenSeal(Hash digest, Bytes signature) {
  private static final byte[] LABEL = "indelible/tokens/v1\n".getBytes(StandardCharsets.US_ASCII);

  static TokenSeal sign(Log log, Hash digest) {
    return new TokenSeal(digest, Bytes.of(log.ed25519().signer().sign(message(log, digest))));
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

  /// SHA-256 over the token rows of the leaves `[start, end)`, each field behind its length.
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
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      while (rows.next()) {
        frame(out, ByteBuffer.allocate(Long.BYTES).putLong(rows.getLong(1)).array());
        frame(out, rows.getString(2).getBytes(StandardCharsets.UTF_8));
        frame(out, rows.getString(3).getBytes(StandardCharsets.UTF_8));
        frame(out, ByteBuffer.allocate(Integer.BYTES).putInt(rows.getInt(4)).array());
        frame(out, rows.getBytes(5));
      }
      return Hash.sha256(out.toByteArray());
    }
  }

  private static void frame(ByteArrayOutputStream out, byte[] field) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
    out.writeBytes(field);
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
}
