package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.transparency.canonical.Json.Scalar;
import dev.indelible.transparency.statement.Opening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds which cells of a record are not what was committed to. Compares by cell, not by pointer:
/// when a row in the middle is gone, the rows behind it have moved up but have not changed.
final class FieldComparison {
  private final LiveStatement live;
  private final List<Committed> committed;
  private final Opening opening;
  private final Map<Cell, List<String>> pointersOf = new HashMap<>();
  private final Set<Row> deleted = new LinkedHashSet<>();
  private final Set<Row> inserted = new LinkedHashSet<>();
  private final Map<Row, Row> renamed = new LinkedHashMap<>();

  FieldComparison(LiveStatement live, List<Committed> committed, Opening opening) {
    this.live = live;
    this.committed = List.copyOf(committed);
    this.opening = opening;
    new TreeMap<>(live.statement().cells())
        .forEach(
            (pointer, cell) ->
                pointersOf.computeIfAbsent(cell, c -> new ArrayList<>()).add(pointer));
    compareRows();
  }

  /// Whether not one field of those that are still there has its commitment. No edit of the record
  /// does that, since one field lives in the code: the seed was edited.
  boolean isSeedWrong() {
    return committed.stream()
        .filter(field -> live.statement().statement().fields().containsKey(field.pointer()))
        .noneMatch(field -> holds(field, field.pointer()));
  }

  /// The differences; never empty when the roots differ.
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    renamed.forEach(
        (before, now) ->
            findings.add(
                Finding.row(now.table(), now.key(), "its primary key was " + before.key())));
    rows(deleted, renamed.keySet(), "row was deleted", findings);
    rows(inserted, new HashSet<>(renamed.values()), "row was inserted", findings);
    committed.forEach(field -> compare(field, findings));
    findings.addAll(appeared());
    if (findings.isEmpty()) {
      findings.add(
          Finding.row(live.table(), live.row(), "its values are the same, their order is not"));
    }
    return findings;
  }

  /// Tells which rows this record lost, and which it gained.
  void tell(Moves moves) {
    for (Row row : deleted) {
      List<Committed> fields =
          committed.stream()
              .filter(field -> field.cell().map(Row::of).filter(row::equals).isPresent())
              .toList();
      moves.lost(row, opening, fields);
    }
    live.statement()
        .cells()
        .forEach(
            (pointer, cell) -> {
              Scalar value = live.statement().statement().fields().get(pointer);
              if (value != null && inserted.contains(Row.of(cell))) {
                moves.gained(cell, value);
              }
            });
  }

  private void compareRows() {
    Set<Row> before = new LinkedHashSet<>();
    committed.forEach(field -> field.cell().map(Row::of).ifPresent(before::add));
    Set<Row> now = new LinkedHashSet<>();
    live.statement().cells().values().forEach(cell -> now.add(Row.of(cell)));
    before.stream().filter(row -> !now.contains(row)).forEach(deleted::add);
    new TreeMap<>(live.statement().statement().fields())
        .keySet().stream()
            .flatMap(pointer -> live.statement().cell(pointer).stream())
            .map(Row::of)
            .filter(row -> !before.contains(row))
            .forEach(inserted::add);
    committed.forEach(this::compareKey);
  }

  /// A row that is gone and a new one in its place in the statement: the same row under another
  /// primary key.
  private void compareKey(Committed field) {
    Cell now = live.statement().cells().get(field.pointer());
    if (now != null && field.cell().isPresent()) {
      Row before = Row.of(field.cell().get());
      Row after = Row.of(now);
      if (deleted.contains(before)
          && inserted.contains(after)
          && before.table().equals(after.table())) {
        renamed.putIfAbsent(before, after);
      }
    }
  }

  private static void rows(Set<Row> rows, Set<Row> except, String message, List<Finding> findings) {
    rows.stream()
        .filter(row -> !except.contains(row))
        .forEach(row -> findings.add(Finding.row(row.table(), row.key(), message)));
  }

  private void compare(Committed field, List<Finding> findings) {
    if (field.cell().isEmpty()) {
      if (!holds(field, field.pointer())) {
        findings.add(
            Finding.column(
                Finding.STATEMENTS, live.statementId(), "commitments", "of " + field.pointer()));
      }
      return;
    }
    Row before = Row.of(field.cell().get());
    Cell cell = renamed.getOrDefault(before, before).cell(field.cell().get().column());
    String pointer = pointer(cell, field.pointer());
    if (pointer == null) {
      if (!deleted.contains(before)) {
        findings.add(Finding.cell(cell, field.pointer(), "is no longer part of the record"));
      }
    } else if (!live.statement().statement().fields().containsKey(pointer)) {
      findings.add(Finding.cell(cell, field.pointer(), "has lost its value"));
    } else if (!holds(field, pointer)) {
      findings.add(Finding.cell(cell, field.pointer(), "is not what was anchored"));
    }
  }

  /// Cells that have a value now and had none.
  private List<Finding> appeared() {
    Set<Cell> known = new HashSet<>();
    committed.forEach(
        field ->
            field
                .cell()
                .map(cell -> renamed.getOrDefault(Row.of(cell), Row.of(cell)).cell(cell.column()))
                .ifPresent(known::add));
    return live.statement().statement().fields().keySet().stream()
        .filter(pointer -> live.statement().cell(pointer).isPresent())
        .filter(pointer -> !known.contains(live.statement().cells().get(pointer)))
        .filter(pointer -> !isNewRow(pointer))
        .map(
            pointer ->
                Finding.cell(
                    live.statement().cell(pointer).orElseThrow(),
                    pointer,
                    "had no value when it was anchored"))
        .toList();
  }

  private boolean isNewRow(String pointer) {
    return live.statement().cell(pointer).map(Row::of).filter(inserted::contains).isPresent()
        && !renamed.containsValue(Row.of(live.statement().cell(pointer).orElseThrow()));
  }

  /// Where the cell is in the live statement; at the pointer it was anchored as, if it is there.
  private @Nullable String pointer(Cell cell, String anchoredAs) {
    List<String> pointers = pointersOf.getOrDefault(cell, List.of());
    if (pointers.contains(anchoredAs)) {
      return anchoredAs;
    }
    return pointers.isEmpty() ? null : pointers.getFirst();
  }

  private boolean holds(Committed field, String livePointer) {
    Scalar value = live.statement().statement().fields().get(livePointer);
    return value != null && opening.commit(field.pointer(), value).equals(field.commitment());
  }
}
