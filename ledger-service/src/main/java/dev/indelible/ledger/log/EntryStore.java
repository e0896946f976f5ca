package dev.indelible.ledger.log;

import dev.indelible.transparency.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables `entry` and `log_statement`.
public final class EntryStore {
  private EntryStore() {}

  /// What a receipt needs to know of an entry.
  public record Leaf(Hash hash, String record) {}

  /// Which of these entries the log holds, and where.
  static Map<Hash, Long> find(Connection connection, String log, List<Submission> batch)
      throws SQLException {
    String sql = "SELECT leaf_hash, idx FROM entry WHERE log = ? AND leaf_hash = ANY (?)";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setArray(
          2,
          connection.createArrayOf(
              "bytea",
              batch.stream().map(entry -> entry.leafHash().bytes()).toArray(byte[][]::new)));
      ResultSet rows = select.executeQuery();
      Map<Hash, Long> found = new HashMap<>();
      while (rows.next()) {
        found.put(Hash.of(rows.getBytes(1)), rows.getLong(2));
      }
      return found;
    }
  }

  /// The entry at this index.
  public static Optional<Leaf> leaf(Connection connection, String log, long index)
      throws SQLException {
    String sql = "SELECT leaf_hash, record FROM entry WHERE log = ? AND idx = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, index);
      ResultSet row = select.executeQuery();
      return row.next()
          ? Optional.of(new Leaf(Hash.of(row.getBytes(1)), row.getString(2)))
          : Optional.empty();
    }
  }

  static void insert(Connection connection, String log, long start, List<Submission> fresh)
      throws SQLException {
    String sql = "INSERT INTO entry (log, idx, leaf_hash, record, bytes) VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < fresh.size(); i++) {
        Submission submission = fresh.get(i);
        insert.setString(1, log);
        insert.setLong(2, start + i);
        insert.setBytes(3, submission.leafHash().bytes());
        insert.setString(4, submission.entry().subject());
        insert.setBytes(5, submission.bytes());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    insertOwn(connection, log, start, fresh);
  }

  private static void insertOwn(
      Connection connection, String log, long start, List<Submission> fresh) throws SQLException {
    String sql = "INSERT INTO log_statement (log, idx, statement, seed) VALUES (?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int i = 0; i < fresh.size(); i++) {
        Optional<Submission.Own> own = fresh.get(i).own();
        if (own.isPresent()) {
          insert.setString(1, log);
          insert.setLong(2, start + i);
          insert.setString(3, own.get().statement().canonicalText());
          insert.setBytes(4, own.get().opening().seed());
          insert.executeUpdate();
        }
      }
    }
  }
}
