package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.Cell;

/// A row by name.
record Row(String table, String key) {
  static Row of(Cell cell) {
    return new Row(cell.table(), cell.row());
  }

  Cell cell(String column) {
    return new Cell(table, key, column);
  }
}
