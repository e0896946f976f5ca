package dev.indelible.ledger.audit;

import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.tile.TileStore;
import dev.indelible.ledger.tile.TileStore.Key;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.merkle.Tile;
import dev.indelible.transparency.merkle.TreeHash;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Builds every tile again from the leaf hashes and compares it with its row.
final class TileAudit {
  private final Connection connection;
  private final String log;
  private final Findings findings;
  private final List<Level> levels = new ArrayList<>();

  private static final class Level {
    final List<Hash> hashes = new ArrayList<>();
    long full;
  }

  TileAudit(Connection connection, String log, Findings findings) {
    this.connection = connection;
    this.log = log;
    this.findings = findings;
  }

  /// Begins behind the first `size` leaves, with what the rows say of them. Whoever does so has
  /// seen that the rows hash to a signed root.
  void beginAt(long size) throws SQLException {
    for (int number = 0; size >> (8 * number) > 0; number++) {
      long held = size >> (8 * number);
      Level level = new Level();
      level.full = held / Tile.FULL;
      int width = (int) (held % Tile.FULL);
      byte[] row = TileStore.find(connection, log, new Key(number, level.full)).orElse(new byte[0]);
      for (int i = 0; i < width; i++) {
        level.hashes.add(Hash.at(row, i * Hash.LENGTH));
      }
      levels.add(level);
    }
  }

  /// Takes the next leaf hash.
  void add(Hash leafHash) throws SQLException {
    add(0, leafHash);
  }

  private void add(int number, Hash hash) throws SQLException {
    if (levels.size() == number) {
      levels.add(new Level());
    }
    Level level = levels.get(number);
    level.hashes.add(hash);
    if (level.hashes.size() == Tile.FULL) {
      compare(new Key(number, level.full++), level.hashes);
      Hash above = TreeHash.of(level.hashes);
      level.hashes.clear();
      add(number + 1, above);
    }
  }

  /// Compares the rightmost tiles and looks for rows that no tree of this size has.
  void finish() throws SQLException {
    for (int number = 0; number < levels.size(); number++) {
      Level level = levels.get(number);
      boolean partial = !level.hashes.isEmpty();
      if (partial) {
        compare(new Key(number, level.full), level.hashes);
      }
      stray("level = " + number, level.full + (partial ? 1 : 0));
    }
    stray("(level < 0 OR level >= " + levels.size() + ")", 0);
  }

  private void compare(Key key, List<Hash> hashes) throws SQLException {
    findings.countRow();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    hashes.forEach(hash -> expected.writeBytes(hash.bytes()));
    byte[] stored = TileStore.find(connection, log, key).orElse(null);
    if (stored == null) {
      findings.differs(place(key, null), "the tile is missing");
    } else if (!Arrays.equals(stored, expected.toByteArray())) {
      findings.differs(
          place(key, "hashes"), "the tile is not what the entries hash to" + where(stored, hashes));
    }
  }

  private static String where(byte[] stored, List<Hash> hashes) {
    for (int i = 0; i < hashes.size(); i++) {
      int at = i * Hash.LENGTH;
      if (at + Hash.LENGTH > stored.length || !Hash.at(stored, at).equals(hashes.get(i))) {
        return ", from hash " + i + " on";
      }
    }
    return ", but longer";
  }

  private void stray(String level, long count) throws SQLException {
    String sql = "SELECT level, n FROM tile WHERE log = ? AND " + level + " AND (n < 0 OR n >= ?)";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, log);
      select.setLong(2, count);
      ResultSet rows = select.executeQuery();
      while (rows.next()) {
        Key key = new Key(rows.getInt(1), rows.getLong(2));
        findings.differs(place(key, null), "a tree of this size has no such tile");
      }
    }
  }

  private Place place(Key key, @org.jspecify.annotations.Nullable String field) {
    return new Place("tile", log + "/" + key.level() + "/" + key.n(), field);
  }
}
