package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.Cell;
import dev.indelible.transparency.canonical.Json.Scalar;
import dev.indelible.transparency.statement.Opening;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Rows that one record lost and another gained: some column was edited that says whose they are.
/// Which one, is found by opening the loser's commitments with the values at the gainer.
final class Moves {
  /// A row as the record that lost it had committed to it.
  private record Lost(Opening opening, List<Committed> fields) {}

  private final Map<Row, Lost> lost = new HashMap<>();
  private final Map<Cell, Scalar> gained = new HashMap<>();

  void lost(Row row, Opening opening, List<Committed> fields) {
    lost.put(row, new Lost(opening, fields));
  }

  void gained(Cell cell, Scalar value) {
    gained.put(cell, value);
  }

  /// The cells by which rows moved.
  List<Finding> findings() {
    return lost.entrySet().stream()
        .filter(row -> gained.keySet().stream().map(Row::of).anyMatch(row.getKey()::equals))
        .flatMap(row -> findings(row.getValue()))
        .toList();
  }

  private Stream<Finding> findings(Lost row) {
    return row.fields().stream()
        .filter(field -> !holds(row.opening(), field))
        .map(
            field ->
                Finding.cell(
                    field.cell().orElseThrow(),
                    field.pointer(),
                    "is not what was anchored; the row was another record's"));
  }

  private boolean holds(Opening opening, Committed field) {
    Scalar value = gained.get(field.cell().orElseThrow());
    return value != null
        && Objects.equals(opening.commit(field.pointer(), value), field.commitment());
  }
}
