package dev.indelible.ledger.log;

import dev.indelible.ledger.block.TokenDigest;
import dev.indelible.transparency.Hash;
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
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The table `match_token`.
public final class TokenStore {
  /// An alert names so many earlier entries at most, the first ones.
  private static final int MOST_MATCHES = 1_000;

  private TokenStore() {}

  /// An earlier entry that carries a token of this one.
  ///
  /// @param name name of the token
  /// @param index leaf index of the earlier entry
  /// @param record its record's URN
  public record Match(String name, long index, String record) {}

  /// What the log holds of the tokens of these submissions.
  ///
  /// @param asked which keys it may hold
  static BatchPlan.Held find(
      Connection connection, String log, List<Submission> batch, Predicate<UUID> asked)
      throws SQLException {
    UUID[] unique = keys(log, batch, MatchToken.Kind.UNIQUE, asked);
    UUID[] alert = keys(log, batch, MatchToken.Kind.ALERT, asked);
    Map<MatchToken.Key, Long> taken = new HashMap<>();
    Set<MatchToken.Key> seen = new HashSet<>();
    String columns = "SELECT t.name, t.epoch, t.digest, t.idx, t.log FROM ";
    if (unique.length > 0) {
      String sql = columns + "match_token t WHERE t.kind = 'unique' AND t.key = ANY (?)";
      find(connection, sql, log, taken, unique);
    }
    if (alert.length > 0) {
      // One earlier entry is enough to know, however many thousand share the token.
      String first = "(SELECT * FROM match_token m WHERE m.key = k.key AND m.kind = '%s' LIMIT 1)";
      String sql =
          columns
              + "unnest(?) AS k(key) CROSS JOIN LATERAL ("
              + first.formatted("alert")
              + " UNION ALL "
              + first.formatted("unique")
              + ") t";
      Map<MatchToken.Key, Long> matched = new HashMap<>();
      find(connection, sql, log, matched, alert);
      seen.addAll(matched.keySet());
    }
    return new BatchPlan.Held(taken, seen);
  }

  private static UUID[] keys(
      String log, List<Submission> batch, MatchToken.Kind kind, Predicate<UUID> asked) {
    Set<UUID> keys = new TreeSet<>();
    for (Submission submission : batch) {
      for (int i = 0; i < submission.tokens().size(); i++) {
        if (submission.tokens().get(i).kind() == kind) {
          keys.add(submission.tokenKeys(log).get(i));
        }
      }
    }
    return keys.stream().filter(asked).toArray(UUID[]::new);
  }

  private static void find(
      Connection connection, String sql, String log, Map<MatchToken.Key, Long> into, UUID[] keys)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("uuid", keys));
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        // The index holds a part of the digest; the whole of it decides.
        if (rows.getString(5).equals(log)) {
          into.put(
              new MatchToken.Key(rows.getString(1), rows.getInt(2), Hash.of(rows.getBytes(3))),
              rows.getLong(4));
        }
      }
    }
  }

  /// The keys of all tokens of the entries `[start, end)`.
  static void keys(Connection connection, String log, long start, long end, Consumer<UUID> consumer)
      throws SQLException {
    String sql = "SELECT key FROM match_token WHERE log = ? AND idx >= ? AND idx < ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, start);
      select.setLong(3, end);
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        consumer.accept(rows.getObject(1, UUID.class));
      }
    }
  }

  static void insert(Connection connection, String log, long start, List<Submission> fresh)
      throws SQLException {
    if (fresh.stream().allMatch(submission -> submission.tokens().isEmpty())) {
      return;
    }
    String target = "match_token (key, log, idx, name, epoch, kind, digest)";
    try (CopyRows rows = new CopyRows(connection, target)) {
      for (int i = 0; i < fresh.size(); i++) {
        Submission submission = fresh.get(i);
        for (int t = 0; t < submission.tokens().size(); t++) {
          MatchToken token = submission.tokens().get(t);
          rows.row(7)
              .uuid(submission.tokenKeys(log).get(t))
              .text(log)
              .bigint(start + i)
              .text(token.name())
              .integer(token.epoch())
              .text(token.kind().text())
              .bytes(token.digest().bytes());
        }
      }
      rows.end();
    }
  }

  /// Adds the tokens of entries just appended, as [dev.indelible.ledger.block.TokenSeal#digest]
  /// would read them.
  static void digest(TokenDigest into, long start, List<Submission> fresh) {
    long leaf = start;
    for (Submission submission : fresh) {
      for (MatchToken token : submission.tokens().stream().sorted(MatchToken.ORDER).toList()) {
        into.token(leaf, token.name(), token.kind().text(), token.epoch(), token.digest().bytes());
      }
      leaf++;
    }
  }

  /// The earlier entries that share an alert token with this one. The answer is the same whenever
  /// it is asked: later entries do not count.
  public static List<Match> matches(Connection connection, String log, long index)
      throws SQLException {
    String earlier =
        "SELECT m.name, m.idx FROM match_token t JOIN match_token m ON m.key = t.key"
            + " AND m.kind = '%s' AND m.log = t.log AND m.digest = t.digest AND m.idx < t.idx"
            + " WHERE t.log = ? AND t.idx = ? AND t.kind = 'alert'";
    String sql =
        earlier.formatted("alert")
            + " UNION "
            + earlier.formatted("unique")
            + " ORDER BY 2, 1 LIMIT "
            + MOST_MATCHES;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 1; i <= 3; i += 2) {
        select.setString(i, log);
        select.setLong(i + 1, index);
      }
      ResultSet rows = select.executeQuery();
      List<Match> matches = new ArrayList<>();
      while (rows.next()) {
        String record = EntryStore.record(connection, log, rows.getLong(2));
        matches.add(new Match(rows.getString(1), rows.getLong(2), record));
      }
      return matches;
    }
  }
}
