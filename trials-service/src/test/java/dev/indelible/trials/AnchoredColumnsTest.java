package dev.indelible.trials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.scope.RowScope;
import dev.indelible.local.testing.RowSecurity;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The columns that decide are the columns that are checked: whatever column of an anchored table
/// somebody edits, the rebuilt statement differs, and in that cell.
@TrialsTest
class AnchoredColumnsTest {
  @Inject @Any Instance<AnchoredRecords> records;
  @Inject EntityManager entities;

  private final RowSecurity database = new RowSecurity("trials");

  /// A trial that fills every anchored table.
  @BeforeEach
  void fillEveryTable() {
    Samples.wholeTrial();
  }

  @Test
  void everyColumnOfEveryAnchoredTableIsAFieldOfAStatement() {
    Set<String> anchored =
        rebuild().stream()
            .flatMap(live -> live.statement().cells().values().stream())
            .map(cell -> cell.table() + "." + cell.column())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> columns = new TreeSet<>();
    for (Object[] column : columns()) {
      columns.add(column[0] + "." + column[1]);
    }
    assertEquals(columns, anchored);
    assertEquals(Set.copyOf(List.of(tables())), Set.copyOf(ownTables()));
  }

  @Test
  void anEditOfAnyColumnChangesTheStatementInThatCell() throws Exception {
    for (Object[] column : columns()) {
      String table = (String) column[0];
      String name = (String) column[1];
      String row = database.asSuperuser("select min(id::text) from " + table).getFirst();
      String edit =
          "update %s set %s = %s where id::text = '%s'"
              .formatted(table, name, other((String) column[2]), row);
      List<Field> before = fields();
      database.edited(table, edit, () -> requireNamed(before, cell(table, row, name)));
    }
  }

  private void requireNamed(List<Field> before, Cell edited) {
    List<Field> after = fields();
    List<Field> changed = new ArrayList<>(after);
    changed.removeAll(before);
    List<Field> gone = new ArrayList<>(before);
    gone.removeAll(after);
    assertTrue(
        Stream.concat(changed.stream(), gone.stream()).anyMatch(f -> f.cell().equals(edited)),
        edited + " changed " + changed + " gone " + gone);
  }

  private static Cell cell(String table, String row, String column) {
    return new Cell(table, row, column);
  }

  /// A field of a statement with its value.
  record Field(String statement, Cell cell, String value) {}

  private List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (LiveStatement live : rebuild()) {
      live.statement()
          .statement()
          .fields()
          .forEach(
              (pointer, value) ->
                  live.statement()
                      .cell(pointer)
                      .ifPresent(
                          cell ->
                              fields.add(
                                  new Field(
                                      live.statementId().toString(), cell, value.toString()))));
    }
    return fields;
  }

  private static String other(String type) {
    return switch (type) {
      case "uuid" -> "gen_random_uuid()";
      case "bigint" -> "9007199254740993";
      default -> "'edited'";
    };
  }

  private List<LiveStatement> rebuild() {
    return RowScope.all(
        () ->
            QuarkusTransaction.requiringNew()
                .call(() -> records.stream().flatMap(AnchoredRecords::rebuild).toList()));
  }

  private String[] tables() {
    return records.stream().flatMap(r -> Arrays.stream(r.tables())).toArray(String[]::new);
  }

  private String quoted() {
    return Arrays.stream(tables()).map(t -> "'" + t + "'").collect(Collectors.joining(","));
  }

  @SuppressWarnings("unchecked")
  private List<Object[]> columns() {
    return entities
        .createNativeQuery(
            "select table_name::text, column_name::text, data_type::text"
                + " from information_schema.columns where table_schema = 'public'"
                + " and table_name in ("
                + quoted()
                + ") order by 1, 2")
        .getResultList();
  }

  /// The tables of this service, which are all tables but those of the migration tool, of the
  /// outbox and of who may call.
  @SuppressWarnings("unchecked")
  private List<String> ownTables() {
    return entities
        .createNativeQuery(
            "select table_name::text from information_schema.tables where table_schema = 'public'"
                + " and table_name not in ('flyway_schema_history', 'anchored_statement',"
                + " 'record_key', 'receipt', 'outbox', 'refusal', 'dpop_proof', 'spent_authentication')",
            String.class)
        .getResultList();
  }
}
