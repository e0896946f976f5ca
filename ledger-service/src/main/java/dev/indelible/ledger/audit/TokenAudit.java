package dev.indelible.ledger.audit;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.TokenSeal;
import dev.indelible.ledger.key.KeyHistory;
import dev.indelible.ledger.log.MatchToken;
import dev.indelible.transparency.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/// Compares the match tokens of a block with what the log signed about them. The digests are keyed,
/// so they cannot be derived again, and a difference names the block and not the row.
final class TokenAudit {
  private final Connection connection;
  private final Log log;
  private final KeyHistory keys;
  private final Findings findings;

  TokenAudit(Connection connection, Log log, KeyHistory keys, Findings findings) {
    this.connection = connection;
    this.log = log;
    this.keys = keys;
    this.findings = findings;
  }

  void check(Block block, long start, long end) throws SQLException {
    Place seal = new Place("token_seal", log.name() + "/" + block.number(), null);
    String sql = "SELECT digest, signature FROM token_seal WHERE log = ? AND block = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log.name());
      select.setLong(2, block.number());
      ResultSet row = select.executeQuery();
      if (!row.next()) {
        findings.differs(seal, block.number(), null, "the seal is missing");
        return;
      }
      findings.countRow();
      byte[] sealed = row.getBytes(1);
      Hash digest = TokenSeal.digest(connection, log.name(), start, end);
      boolean signed =
          sealed.length == Hash.LENGTH
              && TokenSeal.verify(log, keys.everInForce(), Hash.of(sealed), row.getBytes(2));
      if (!signed) {
        findings.differs(seal, block.number(), null, "the log did not sign this");
      }
      if (!Arrays.equals(sealed, digest.bytes())) {
        Place tokens = new Place("match_token", log.name() + "/[" + start + "," + end + ")", null);
        findings.differs(
            tokens,
            block.number(),
            null,
            "the tokens, or the erasures, are not those that the log sealed");
      }
    }
  }

  /// Keys that are not those of their tokens: a token under a wrong key is never found again.
  void keys() throws SQLException {
    String sql =
        "SELECT name, idx FROM match_token WHERE log = ? AND key <> "
            + MatchToken.KEY_SQL
            + " ORDER BY idx LIMIT 100";
    list(sql, "key", "the key is not that of the token");
  }

  /// Unique tokens that an earlier entry has too.
  void twice() throws SQLException {
    String sql =
        "WITH twice AS (SELECT key FROM match_token WHERE kind = 'unique' GROUP BY key"
            + " HAVING count(*) > 1)"
            + " SELECT t.name, t.idx FROM twice JOIN match_token t USING (key)"
            + " WHERE t.log = ? AND t.kind = 'unique' AND EXISTS (SELECT 1 FROM match_token m"
            + " WHERE m.key = t.key AND m.kind = 'unique' AND m.log = t.log AND m.name = t.name"
            + " AND m.epoch = t.epoch AND m.digest = t.digest AND m.idx < t.idx)"
            + " ORDER BY t.idx LIMIT 100";
    list(sql, "digest", "an earlier entry has this unique token");
  }

  /// Tokens that no entry has.
  void strays() throws SQLException {
    String sql =
        "SELECT t.name, t.idx FROM match_token t"
            + " LEFT JOIN entry e ON e.log = t.log AND e.idx = t.idx"
            + " WHERE t.log = ? AND e.idx IS NULL ORDER BY t.idx LIMIT 100";
    list(sql, "idx", "there is no such entry");
  }

  private void list(String sql, String field, String message) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log.name());
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        String row = log.name() + "/" + rows.getLong(2) + "/" + rows.getString(1);
        findings.differs(new Place("match_token", row, field), message);
      }
    }
  }
}
