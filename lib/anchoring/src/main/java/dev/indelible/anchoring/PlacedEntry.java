package dev.indelible.anchoring;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Where a statement's entry is in the log, by its receipt.
///
/// @param index leaf index
/// @param statement the statement
/// @param entry the leaf that is stored with it
public record PlacedEntry(long index, UUID statement, Bytes entry) {
  static PlacedEntry read(ResultSet row) throws SQLException {
    return new PlacedEntry(
        row.getLong("leaf_index"),
        row.getObject("id", UUID.class),
        Bytes.of(row.getBytes("entry")));
  }
}
