package dev.indelible.ledger.log;

import dev.indelible.transparency.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/// What may happen to the table `match_token` behind the writer's back. Whoever adds tokens has
/// told the head's row first ([HeadStore#rekey]) and holds its lock: the writer then looks again.
public final class TokenChanges {
  private TokenChanges() {}

  /// Adds tokens to an entry; those it has stay as they are.
  ///
  /// @return the entry that has a unique one of them already; then the caller has to roll back what
  ///   this call added
  public static OptionalLong add(
      Connection connection, String log, long index, Collection<MatchToken> tokens)
      throws SQLException {
    for (MatchToken token : tokens) {
      if (token.kind() == MatchToken.Kind.UNIQUE) {
        OptionalLong holder = holder(connection, log, token);
        if (holder.isPresent() && holder.getAsLong() != index) {
          return holder;
        }
      }
      insert(connection, log, index, token);
    }
    return OptionalLong.empty();
  }

  private static void insert(Connection connection, String log, long index, MatchToken token)
      throws SQLException {
    String sql =
        "INSERT INTO match_token (log, idx, name, epoch, digest, kind, key)"
            + " SELECT v.log, v.idx, v.name, v.epoch, v.digest, v.kind, v.key FROM"
            + " (VALUES (?, ?, ?, ?, ?, ?, ?)) AS v (log, idx, name, epoch, digest, kind, key)"
            + " WHERE NOT EXISTS (SELECT 1 FROM match_token t WHERE t.log = v.log AND t.idx = v.idx"
            + " AND t.name = v.name AND t.epoch = v.epoch AND t.digest = v.digest)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, log);
      insert.setLong(2, index);
      insert.setString(3, token.name());
      insert.setInt(4, token.epoch());
      insert.setBytes(5, token.digest().bytes());
      insert.setString(6, token.kind().text());
      insert.setObject(7, token.key().index(log));
      insert.executeUpdate();
    }
  }

  private static OptionalLong holder(Connection connection, String log, MatchToken token)
      throws SQLException {
    String sql =
        "SELECT log, name, epoch, digest, idx FROM match_token WHERE kind = 'unique' AND key = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, token.key().index(log));
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        var key = new MatchToken.Key(rows.getString(2), rows.getInt(3), Hash.of(rows.getBytes(4)));
        if (rows.getString(1).equals(log) && key.equals(token.key())) {
          return OptionalLong.of(rows.getLong(5));
        }
      }
      return OptionalLong.empty();
    }
  }

  /// Erases all tokens of these entries.
  ///
  /// @return how many there were
  public static int erase(Connection connection, String log, List<Long> indices)
      throws SQLException {
    String sql = "DELETE FROM match_token WHERE log = ? AND idx = ANY (?)";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, log);
      delete.setArray(2, connection.createArrayOf("int8", indices.toArray()));
      return delete.executeUpdate();
    }
  }

  /// Erases the tokens of one epoch beside the leaves `[start, end)`.
  public static int eraseEpoch(Connection connection, String log, int epoch, long start, long end)
      throws SQLException {
    String sql = "DELETE FROM match_token WHERE log = ? AND epoch = ? AND idx >= ? AND idx < ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, log);
      delete.setInt(2, epoch);
      delete.setLong(3, start);
      delete.setLong(4, end);
      return delete.executeUpdate();
    }
  }

  /// The first entry from `from` on that has a token of this epoch.
  public static OptionalLong next(Connection connection, String log, int epoch, long from)
      throws SQLException {
    String sql = "t.idx >= ? AND t.idx <= ?";
    return first(connection, log, epoch, sql, from, Long.MAX_VALUE);
  }

  /// The first entry in `[start, end)` that would lose what it can be found by: it has a token of
  /// this epoch, and none of the same name and kind of a later one.
  public static OptionalLong onlyIn(
      Connection connection, String log, int epoch, long start, long end) throws SQLException {
    String sql =
        "t.idx >= ? AND t.idx < ? AND NOT EXISTS (SELECT 1 FROM match_token n WHERE n.log = t.log"
            + " AND n.idx = t.idx AND n.name = t.name AND n.kind = t.kind AND n.epoch > t.epoch)";
    return first(connection, log, epoch, sql, start, end);
  }

  private static OptionalLong first(
      Connection connection, String log, int epoch, String condition, long low, long high)
      throws SQLException {
    String sql = "SELECT t.idx FROM match_token t WHERE t.log = ? AND t.epoch = ? AND ";
    try (PreparedStatement select =
        connection.prepareStatement(sql + condition + " ORDER BY t.idx LIMIT 1")) {
      select.setString(1, log);
      select.setInt(2, epoch);
      select.setLong(3, low);
      select.setLong(4, high);
      ResultSet row = select.executeQuery();
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }
}
