package dev.indelible.ledger.block;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.TreeHead;
import dev.indelible.transparency.note.KeyAlgorithm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table `block`. Rows are inserted once; only `witnessed_note` is filled in later, once.
public final class BlockStore {
  private static final String SELECT =
      "SELECT number, start_, end_, root, note, sealed_at, witnessed_note, cose_ed25519,"
          + " cose_ml_dsa_44 FROM block WHERE log = ? ";

  private BlockStore() {}

  /// The newest block.
  public static Optional<Block> last(Connection connection, String log) throws SQLException {
    return first(connection, SELECT + "ORDER BY number DESC LIMIT 1", log, null);
  }

  /// The block of this number.
  public static Optional<Block> find(Connection connection, String log, long number)
      throws SQLException {
    return first(connection, SELECT + "AND number = ?", log, number);
  }

  /// The block that holds this leaf.
  public static Optional<Block> holding(Connection connection, String log, long leaf)
      throws SQLException {
    return first(connection, SELECT + "AND end_ > ? ORDER BY end_ LIMIT 1", log, leaf);
  }

  /// The first block at or behind this leaf's that has its quorum of witnesses. Never another one
  /// later: no block gets its quorum once a newer one has it (see [Cosignatures]).
  public static Optional<Block> witnessed(Connection connection, String log, long leaf)
      throws SQLException {
    String order = "AND end_ > ? AND witnessed_note IS NOT NULL ORDER BY end_ LIMIT 1";
    return first(connection, SELECT + order, log, leaf);
  }

  /// The newest block that has its quorum.
  public static Optional<Block> lastWitnessed(Connection connection, String log)
      throws SQLException {
    String order = "AND witnessed_note IS NOT NULL ORDER BY end_ DESC LIMIT 1";
    return first(connection, SELECT + order, log, null);
  }

  /// Up to `limit` blocks with numbers above `after`, in order.
  public static List<Block> after(Connection connection, String log, long after, int limit)
      throws SQLException {
    return list(connection, SELECT + "AND number > ? ORDER BY number LIMIT " + limit, log, after);
  }

  /// Adds a block, unless its number is taken or the block before it ends elsewhere.
  static boolean insert(Connection connection, String log, Block block) throws SQLException {
    String sql =
        "INSERT INTO block (log, number, start_, end_, root, note, sealed_at, cose_ed25519,"
            + " cose_ml_dsa_44) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE ? = 0 OR EXISTS"
            + " (SELECT FROM block WHERE log = ? AND number = ? AND end_ = ?)"
            + " ON CONFLICT (log, number) DO NOTHING";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, log);
      insert.setLong(2, block.number());
      insert.setLong(3, block.start());
      insert.setLong(4, block.end());
      insert.setBytes(5, block.head().root().bytes());
      insert.setString(6, block.note());
      insert.setObject(7, OffsetDateTime.ofInstant(block.sealedAt(), ZoneOffset.UTC));
      insert.setBytes(8, block.cose().map(cose -> cose.by(KeyAlgorithm.ED25519)).orElse(null));
      insert.setBytes(9, block.cose().map(cose -> cose.by(KeyAlgorithm.ML_DSA_44)).orElse(null));
      insert.setLong(10, block.number());
      insert.setString(11, log);
      insert.setLong(12, block.number() - 1);
      insert.setLong(13, block.start());
      return insert.executeUpdate() == 1;
    }
  }

  private static Optional<Block> first(
      Connection connection, String sql, String log, @Nullable Long value) throws SQLException {
    return list(connection, sql, log, value).stream().findFirst();
  }

  private static List<Block> list(
      Connection connection, String sql, String log, @Nullable Long value) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      if (value != null) {
        select.setLong(2, value);
      }
      ResultSet rows = select.executeQuery();
      List<Block> blocks = new ArrayList<>();
      while (rows.next()) {
        blocks.add(block(rows));
      }
      return blocks;
    }
  }

  private static Block block(ResultSet row) throws SQLException {
    return new Block(
        row.getLong("number"),
        row.getLong("start_"),
        new TreeHead(row.getLong("end_"), Hash.of(row.getBytes("root"))),
        row.getString("note"),
        row.getObject("sealed_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("witnessed_note")),
        cose(row.getBytes("cose_ed25519"), row.getBytes("cose_ml_dsa_44")));
  }

  private static Optional<CoseSeal> cose(byte @Nullable [] ed25519, byte @Nullable [] mlDsa44) {
    return ed25519 == null || mlDsa44 == null
        ? Optional.empty()
        : Optional.of(new CoseSeal(Bytes.of(ed25519), Bytes.of(mlDsa44)));
  }
}
