package dev.indelible.ledger.audit;

import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.CompactRange;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/// Compares a log's head row with the tree that its entries make.
final class HeadAudit {
  private final Connection connection;
  private final String log;
  private final Findings findings;

  HeadAudit(Connection connection, String log, Findings findings) {
    this.connection = connection;
    this.log = log;
    this.findings = findings;
  }

  void check(CompactRange tree) throws SQLException {
    String sql =
        "SELECT h.size, h.root, h.frontier, h.frozen, h.epoch, l.epoch FROM log_head h"
            + " LEFT JOIN lease l ON l.log = h.log WHERE h.log = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      ResultSet row = select.executeQuery();
      if (!row.next()) {
        findings.differs(new Place("log_head", log, null), "the head is missing");
        return;
      }
      findings.countRow();
      expect("size", row.getLong(1) == tree.size(), "the entries are " + tree.size());
      expect("root", is(row.getBytes(2), tree.head().root()), "the entries hash to another root");
      expect("frontier", isFrontier(row.getBytes(3), tree), "the entries hash to other subtrees");
      expect("frozen", row.getString(4) == null, "the log is frozen: " + row.getString(4));
      boolean inOffice = row.getObject(6) != null && row.getLong(5) == row.getLong(6);
      expect("epoch", inOffice, "the lease is of epoch " + row.getLong(6));
    }
  }

  private static boolean is(byte[] stored, Hash hash) {
    return Arrays.equals(stored, hash.bytes());
  }

  private static boolean isFrontier(byte[] stored, CompactRange tree) {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    tree.nodes().forEach(node -> expected.writeBytes(node.bytes()));
    return Arrays.equals(stored, expected.toByteArray());
  }

  private void expect(String field, boolean holds, String message) {
    if (!holds) {
      findings.differs(new Place("log_head", log, field), message);
    }
  }
}
