package dev.indelible.ledger.log;

import dev.indelible.transparency.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The table `match_token`.
public final class TokenStore {
  private TokenStore() {}

  /// An earlier entry that carries a token of this one.
  ///
  /// @param name name of the token
  /// @param index leaf index of the earlier entry
  /// @param record its record's URN
  public record Match(String name, long index, String record) {}

  /// Which unique tokens of these submissions the log holds, and whose they are.
  static Map<MatchToken.Key, BatchPlan.Original> taken(
      Connection connection, String log, List<Submission> batch) throws SQLException {
    byte[][] digests =
        batch.stream()
            .flatMap(submission -> submission.uniqueTokens().stream())
            .map(token -> token.digest().bytes())
            .toArray(byte[][]::new);
    if (digests.length == 0) {
      return Map.of();
    }
    String sql =
        "SELECT t.name, t.epoch, t.digest, t.idx, e.record FROM match_token t"
            + " JOIN entry e ON e.log = t.log AND e.idx = t.idx"
            + " WHERE t.log = ? AND t.kind = 'unique' AND t.digest = ANY (?)";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setArray(2, connection.createArrayOf("bytea", digests));
      ResultSet rows = select.executeQuery();
      Map<MatchToken.Key, BatchPlan.Original> taken = new HashMap<>();
      while (rows.next()) {
        taken.put(
            new MatchToken.Key(rows.getString(1), rows.getInt(2), Hash.of(rows.getBytes(3))),
            new BatchPlan.Original(rows.getLong(4), rows.getString(5)));
      }
      return taken;
    }
  }

  static void insert(Connection connection, String log, long start, List<Submission> fresh)
      throws SQLException {
    String sql =
        "INSERT INTO match_token (log, epoch, digest, kind, name, idx) VALUES (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < fresh.size(); i++) {
        for (MatchToken token : fresh.get(i).tokens()) {
          insert.setString(1, log);
          insert.setInt(2, token.epoch());
          insert.setBytes(3, token.digest().bytes());
          insert.setString(4, token.kind().text());
          insert.setString(5, token.name());
          insert.setLong(6, start + i);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /// The earlier entries that share an alert token with this one. The answer is the same whenever
  /// it is asked: later entries do not count.
  public static List<Match> matches(Connection connection, String log, long index)
      throws SQLException {
    String sql =
        "SELECT DISTINCT m.name, m.idx, e.record FROM match_token t"
            + " JOIN match_token m ON m.log = t.log AND m.digest = t.digest"
            + "   AND m.epoch = t.epoch AND m.name = t.name AND m.idx < t.idx"
            + " JOIN entry e ON e.log = m.log AND e.idx = m.idx"
            + " WHERE t.log = ? AND t.idx = ? AND t.kind = 'alert' ORDER BY m.idx, m.name";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, index);
      ResultSet rows = select.executeQuery();
      List<Match> matches = new ArrayList<>();
      while (rows.next()) {
        matches.add(new Match(rows.getString(1), rows.getLong(2), rows.getString(3)));
      }
      return matches;
    }
  }
}
