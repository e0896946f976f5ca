package dev.indelible.ledger.log;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The tables `entry` and `log_statement`.
public final class EntryStore {
  private EntryStore() {}

  /// The first sixteen bytes of a leaf hash: what the index holds.
  public static UUID leafKey(Hash leafHash) {
    return leafHash.prefix();
  }

  /// Which entries with these leaf hashes the log holds, and where. Others may be among the answers
  /// that only begin alike.
  public static Map<Hash, Long> find(Connection connection, String log, List<Hash> leafHashes)
      throws SQLException {
    if (leafHashes.isEmpty()) {
      return Map.of();
    }
    // The log is compared here: in the question it would tempt the planner to read the whole log.
    String sql = "SELECT idx, bytes, log FROM entry WHERE leaf_key = ANY (?)";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(
          1,
          connection.createArrayOf("uuid", leafHashes.stream().map(EntryStore::leafKey).toArray()));
      ResultSet rows = select.executeQuery();
      Map<Hash, Long> found = new HashMap<>();
      while (rows.next()) {
        if (rows.getString(3).equals(log)) {
          found.put(Hash.leaf(rows.getBytes(2)), rows.getLong(1));
        }
      }
      return found;
    }
  }

  /// The URN of the record that an entry is about.
  public static String record(Connection connection, String log, long index) throws SQLException {
    return java.util.Objects.requireNonNull(records(connection, log, List.of(index)).get(index));
  }

  /// The URNs of the records that entries are about, by index.
  public static Map<Long, String> records(Connection connection, String log, List<Long> indices)
      throws SQLException {
    return find(connection, log, indices, Entry::subject);
  }

  /// What these entries say, by index; those that are not there are left out.
  public static <T> Map<Long, T> find(
      Connection connection, String log, List<Long> indices, Function<Entry, T> reader)
      throws SQLException {
    String sql = "SELECT idx, bytes FROM entry WHERE log = ? AND idx = ANY (?)";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setArray(2, connection.createArrayOf("int8", indices.toArray()));
      ResultSet rows = select.executeQuery();
      Map<Long, T> found = new HashMap<>();
      while (rows.next()) {
        found.put(rows.getLong(1), reader.apply(Entry.parse(rows.getBytes(2))));
      }
      return found;
    }
  }

  /// Sends the rows of new entries; the caller ends them.
  static CopyRows copy(Connection connection, String log, long start, List<Submission> fresh)
      throws SQLException {
    CopyRows rows = new CopyRows(connection, "entry (log, idx, leaf_key, bytes)");
    for (int i = 0; i < fresh.size(); i++) {
      Submission submission = fresh.get(i);
      rows.row(4)
          .text(log)
          .bigint(start + i)
          .uuid(leafKey(submission.leafHash()))
          .bytes(submission.bytes());
    }
    return rows.send();
  }

  /// Keeps open what the log says of itself.
  static void insertOwn(Connection connection, String log, long start, List<Submission> fresh)
      throws SQLException {
    String sql = "INSERT INTO log_statement (log, idx, statement, seed) VALUES (?, ?, ?, ?)";
    for (int i = 0; i < fresh.size(); i++) {
      Optional<Submission.Own> own = fresh.get(i).own();
      if (own.isPresent()) {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
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
