package dev.indelible.ledger.audit;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.block.BlockStore;
import dev.indelible.ledger.key.KeyHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// Audits one log in one snapshot of the database.
final class LogAudit {
  private static final int PAGE = 200;

  private final Connection connection;
  private final Log log;
  private final Findings findings;

  LogAudit(Connection connection, Log log, Findings findings) {
    this.connection = connection;
    this.log = log;
    this.findings = findings;
  }

  /// Leaves behind the last block, which the writer was about to seal when the snapshot was taken.
  record Tail(long start, long end) {}

  Tail run() throws SQLException {
    KeyHistory keys = KeyHistory.read(connection, log);
    ErasureAudit erasures = ErasureAudit.begin(connection, log.name(), findings);
    EntryAudit entries = new EntryAudit(connection, log, keys, erasures, findings);
    strays("entry", "idx", "idx < 0", "an index is not negative");
    readBlocks(entries, keys);
    long sealed = entries.range().size();
    entries.readTo(Long.MAX_VALUE, null);
    entries.tiles().finish();
    erasures.finish();
    new HeadAudit(connection, log.name(), findings).check(entries.range());
    TokenAudit tokens = new TokenAudit(connection, log, keys, findings);
    tokens.strays();
    tokens.keys();
    new StatementAudit(connection, log, findings).check(entries.own());
    for (String table : List.of("cosignature", "token_seal")) {
      String unknown = "NOT EXISTS (SELECT 1 FROM block b WHERE b.log = %s.log AND number = block)";
      strays(table, "block", unknown.formatted(table), "there is no such block");
    }
    return new Tail(sealed, entries.range().size());
  }

  private void readBlocks(EntryAudit entries, KeyHistory keys) throws SQLException {
    BlockAudit blocks = new BlockAudit(log, keys, findings);
    TokenAudit tokens = new TokenAudit(connection, log, keys, findings);
    WitnessAudit witnesses = new WitnessAudit(connection, log, findings, policyEntry());
    long after = Long.MIN_VALUE;
    List<Block> page = BlockStore.after(connection, log.name(), after, PAGE);
    while (!page.isEmpty()) {
      for (Block block : page) {
        long start = entries.range().size();
        entries.readTo(blocks.end(block), block.number());
        blocks.check(block, entries.range().head());
        tokens.check(block, start, entries.range().size());
        witnesses.check(block);
      }
      page = BlockStore.after(connection, log.name(), page.getLast().number(), PAGE);
    }
  }

  /// Where the present policy came into force; by then its statement may have been tampered with,
  /// so nothing is read but where it is.
  private long policyEntry() throws SQLException {
    String sql =
        "SELECT max(idx) FROM log_statement WHERE log = ? AND statement LIKE '%ledger.policy/v1%'";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log.name());
      ResultSet row = select.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  private void strays(String table, String key, String condition, String message)
      throws SQLException {
    String sql = "SELECT " + key + " FROM " + table + " WHERE log = ? AND " + condition;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log.name());
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        Place place = new Place(table, log.name() + "/" + rows.getLong(1), key);
        findings.differs(place, message);
      }
    }
  }
}
