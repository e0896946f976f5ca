package dev.indelible.ledger.log;

import dev.indelible.ledger.block.TokenDigest;
import dev.indelible.transparency.Hash;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// The table `match_token`.
public final class TokenStore {
  /// An alert names so many earlier entries at most, the first ones.
  private static final int MOST_MATCHES = 1_000;

  private static final String COLUMNS = "SELECT t.name, t.epoch, t.digest, t.idx, t.log FROM ";

  private static final String TAKEN =
      COLUMNS + "match_token t WHERE t.kind = 'unique' AND t.key = ANY (?)";

  /// One earlier entry is enough to know, however many thousand share the token; and it has to be
  /// that token, not one that shares its key.
  private static final String FIRST =
      "(SELECT * FROM match_token m WHERE m.key = k.key AND m.kind = '%s' AND m.name = k.name"
          + " AND m.epoch = k.epoch AND m.digest = k.digest LIMIT 1)";

  private static final String SEEN =
      COLUMNS
          + "unnest(?, ?, ?, ?) AS k(key, name, epoch, digest) CROSS JOIN LATERAL ("
          + FIRST.formatted("alert")
          + " UNION ALL "
          + FIRST.formatted("unique")
          + ") t";

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
    Map<MatchToken.Key, Long> taken = new HashMap<>();
    Map<MatchToken.Key, Long> seen = new HashMap<>();
    List<Asked> unique = asked(log, batch, MatchToken.Kind.UNIQUE, asked);
    if (!unique.isEmpty()) {
      try (PreparedStatement select = connection.prepareStatement(TAKEN)) {
        select.setArray(1, array(connection, "uuid", unique, Asked::index));
        read(select, log, taken);
      }
    }
    List<Asked> alert = asked(log, batch, MatchToken.Kind.ALERT, asked);
    if (!alert.isEmpty()) {
      try (PreparedStatement select = connection.prepareStatement(SEEN)) {
        select.setArray(1, array(connection, "uuid", alert, Asked::index));
        select.setArray(2, array(connection, "text", alert, each -> each.key().name()));
        select.setArray(3, array(connection, "int4", alert, each -> each.key().epoch()));
        byte[][] digests =
            alert.stream().map(each -> each.key().digest().bytes()).toArray(byte[][]::new);
        select.setArray(4, connection.createArrayOf("bytea", digests));
        read(select, log, seen);
      }
    }
    return new BatchPlan.Held(taken, seen.keySet());
  }

  /// A token that is looked for, and its key in the index.
  private record Asked(MatchToken.Key key, UUID index) {}

  private static List<Asked> asked(
      String log, List<Submission> batch, MatchToken.Kind kind, Predicate<UUID> asked) {
    Map<MatchToken.Key, UUID> keys = new HashMap<>();
    for (Submission submission : batch) {
      for (int i = 0; i < submission.tokens().size(); i++) {
        MatchToken token = submission.tokens().get(i);
        UUID index = submission.tokenKeys(log).get(i);
        if (token.kind() == kind && asked.test(index)) {
          keys.put(token.key(), index);
        }
      }
    }
    return keys.entrySet().stream()
        .map(each -> new Asked(each.getKey(), each.getValue()))
        .sorted(Comparator.comparing(Asked::index)) // as the index has them
        .toList();
  }

  private static Array array(
      Connection connection, String type, List<Asked> asked, Function<Asked, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, asked.stream().map(value).toArray());
  }

  private static void read(PreparedStatement select, String log, Map<MatchToken.Key, Long> into)
      throws SQLException {
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
            + " AND m.kind = '%s' AND m.log = t.log AND m.name = t.name AND m.epoch = t.epoch"
            + " AND m.digest = t.digest AND m.idx < t.idx"
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
