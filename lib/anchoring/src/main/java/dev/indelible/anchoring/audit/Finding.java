package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRow;
import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.StoredReceipt;
import dev.indelible.anchoring.encryption.StoredKey;
import dev.indelible.kit.audit.Difference;
import org.jspecify.annotations.Nullable;

/// A difference before its place in the log is known.
///
/// @param table the table
/// @param row primary key
/// @param field the column, when it is one column
/// @param pointer the statement's field that the column is anchored as
/// @param message what differs, without values
record Finding(
    String table, String row, @Nullable String field, @Nullable String pointer, String message) {
  static final String STATEMENTS = "anchored_statement";
  static final String KEYS = StoredKey.TABLE;

  static Finding cell(Cell cell, String pointer, String message) {
    return new Finding(cell.table(), cell.row(), cell.column(), pointer, message);
  }

  static Finding column(String table, Object row, String column, String message) {
    return new Finding(table, row.toString(), column, null, message);
  }

  static Finding row(String table, Object row, String message) {
    return new Finding(table, row.toString(), null, null, message);
  }

  /// The difference, in the block that sealed the statement, if it has a receipt.
  Difference at(@Nullable AnchoredRow anchored) {
    StoredReceipt receipt = anchored == null ? null : anchored.receipt();
    return receipt == null ? at(null, null) : at(receipt.block(), receipt.leafIndex());
  }

  Difference at(@Nullable Long block, @Nullable Long index) {
    return new Difference(table, row, field, pointer, block, index, message);
  }
}
