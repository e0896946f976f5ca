package dev.indelible.ledger.audit;

import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.block.ErasureStore;
import dev.indelible.ledger.block.ErasureStore.Erasure;
import dev.indelible.ledger.block.ErasureStore.Named;
import dev.indelible.transparency.cose.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks for tokens beside entries of records that have a tombstone, and compares what stands about
/// an erasure with the tombstone's own leaf. Reads along while the entries are read anyway.
final class ErasureAudit {
  private static final String TABLE = "erasure";

  private final Connection connection;
  private final String log;
  private final Findings findings;
  private final Map<Long, Named> missing = new HashMap<>();
  private final Set<Named> erased = new HashSet<>();
  private final List<Long> entries = new ArrayList<>();

  private ErasureAudit(Connection connection, String log, Findings findings) {
    this.connection = connection;
    this.log = log;
    this.findings = findings;
  }

  static ErasureAudit begin(Connection connection, String log, Findings findings)
      throws SQLException {
    ErasureAudit audit = new ErasureAudit(connection, log, findings);
    for (Erasure row : ErasureStore.list(connection, log, Long.MIN_VALUE, Long.MAX_VALUE)) {
      findings.countRow();
      audit.missing.put(row.tombstone(), row.named());
      audit.erased.add(row.named());
    }
    return audit;
  }

  /// Takes the next entry.
  void entry(long index, Entry entry) {
    Named named = Named.in(entry);
    Named row = missing.remove(index);
    if (row != null && !row.issuer().equals(named.issuer())) {
      differs(index, "issuer", "is not the tombstone's");
    }
    if (row != null && !row.record().equals(named.record())) {
      differs(index, "record", "is not the tombstone's");
    }
    if (erased.contains(named)) {
      entries.add(index);
    }
  }

  /// Says what the entries from `start` to before `end` left open.
  void finish(long start, long end) throws SQLException {
    missing.keySet().stream()
        .filter(index -> index < 0 || (start <= index && index < end))
        .forEach(index -> differs(index, "tombstone", "there is no such entry"));
    String sql =
        "SELECT idx, name FROM match_token WHERE log = ? AND idx = ANY (?) ORDER BY idx, name";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setArray(2, connection.createArrayOf("int8", entries.toArray()));
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        String row = log + "/" + rows.getLong(1) + "/" + rows.getString(2);
        Place place = new Place("match_token", row, null);
        findings.differs(place, null, rows.getLong(1), "the entry's record was erased");
      }
    }
  }

  private void differs(long tombstone, String field, String message) {
    findings.differs(new Place(TABLE, log + "/" + tombstone, field), null, tombstone, message);
  }
}
