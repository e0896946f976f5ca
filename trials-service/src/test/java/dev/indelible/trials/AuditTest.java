package dev.indelible.trials;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.audit.RecordAudit;
import dev.indelible.anchoring.scope.RowScope;
import dev.indelible.kit.audit.Difference;
import dev.indelible.local.TestPostgres;
import dev.indelible.local.testing.Alive;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the audit says when somebody with the database's password edits a row.
@TrialsTest
class AuditTest {
  @Inject RecordAudit audit;
  @Inject @Any Instance<AnchoredRecords> records;

  /// One column of an anchored table.
  record Column(String table, String name, String type) {
    String otherValue() {
      return switch (type) {
        case "uuid" -> "gen_random_uuid()";
        case "bigint" -> "coalesce(" + name + ", 0) + 1000";
        default -> "coalesce(" + name + ", '') || 'x'";
      };
    }
  }

  @Test
  void everyEditedCellIsNamedByTableRowAndField() throws SQLException {
    Samples.wholeTrial();
    assertEquals(List.of(), audit.run().differences());
    int edited = 0;
    for (Column column : columns()) {
      String row = text("select min(id::text) from " + column.table());
      Optional<Edit> edit = edit(column, row);
      if (edit.isPresent()) {
        edited++;
        List<Difference> found = audit.run().differences();
        assertTrue(
            found.stream().anyMatch(difference -> names(difference, column, row)),
            column + " of " + row + ": " + found);
        undo(edit.get());
      }
    }
    assertTrue(edited > 60, edited + " columns could be edited");
    assertEquals(List.of(), audit.run().differences());
  }

  /// A primary key that was edited is named by the row's new key.
  private static boolean names(Difference found, Column column, String row) {
    return found.table().equals(column.table())
        && (column.name().equals("id")
            || (found.row().equals(row) && column.name().equals(found.field())));
  }

  /// A cell before and after it was edited; a null stays a null.
  private record Edit(Column column, String row, String before, String rowNow) {}

  private Optional<Edit> edit(Column column, String row) throws SQLException {
    String before = text(select(column, row));
    String rowNow = column.name().equals("id") ? UUID.randomUUID().toString() : row;
    String value = column.name().equals("id") ? "'" + rowNow + "'" : column.otherValue();
    try {
      set(column, value, row);
      return Optional.of(new Edit(column, row, before, rowNow));
    } catch (SQLException e) {
      // A foreign key stands in the way: refused is as good as found.
      assertTrue(e.getSQLState().startsWith("23"), e.getMessage());
      return Optional.empty();
    }
  }

  private void undo(Edit edit) throws SQLException {
    String before = edit.before();
    String value = before == null ? "null" : "'" + before.replace("'", "''") + "'";
    set(edit.column(), value, edit.rowNow());
  }

  private static String select(Column column, String row) {
    return "select " + column.name() + " from " + column.table() + " where id = '" + row + "'";
  }

  private void set(Column column, String value, String row) throws SQLException {
    execute(
        "update "
            + column.table()
            + " set "
            + column.name()
            + " = "
            + value
            + " where id = '"
            + row
            + "'");
  }

  @Test
  void aDeletedRowAndAnInsertedOneAreReported() throws SQLException {
    Samples.wholeTrial();
    String id = text("select min(id::text) from reported_outcome");
    execute("create table kept as select * from reported_outcome where id = '" + id + "'");
    execute("delete from reported_outcome where id = '" + id + "'");
    assertTrue(audit.run().differences().stream().anyMatch(d -> d.row().equals(id)));
    execute("insert into reported_outcome select * from kept");
    assertEquals(List.of(), audit.run().differences());
    execute("update kept set id = gen_random_uuid(), position = 7");
    execute("insert into reported_outcome select * from kept");
    String added = text("select id::text from kept");
    assertTrue(audit.run().differences().stream().anyMatch(d -> d.row().equals(added)));
    execute("delete from reported_outcome where id = '" + added + "'");
    execute("drop table kept");
    assertEquals(List.of(), audit.run().differences());
  }

  /// What the audit needs of memory does not grow with the trials: of 300 versions, result sets and
  /// reports, and of 900 rows that belong to each kind, a page is in memory.
  @Test
  void readsAPageAtATime() throws SQLException {
    Samples.wholeTrial();
    assertEquals(List.of(), audit.run().differences());
    String of = " from protocol_version where source = 'bulk'";
    String three = " cross join generate_series(1, 3) as i where source = 'bulk'";
    String parts = " from protocol_version v" + three;
    try {
      execute(
          "insert into protocol_version (id, protocol_id, organisation, number, source,"
              + " submitted_by, received_at, public_title, sponsor_name, study_type)"
              + " select gen_random_uuid(), gen_random_uuid(), 'cardia', 1, 'bulk', 'n', 'now', 't',"
              + " 'n', 's' from generate_series(1, 300)");
      execute(
          "insert into outcome (id, version_id, position, element_id, level, measure)"
              + " select gen_random_uuid(), v.id, i, 'e', 'PRIMARY', 'm'"
              + parts);
      execute(
          "insert into result_set (id, protocol_id, organisation, number, cited_version_id, source,"
              + " submitted_by, received_at)"
              + " select gen_random_uuid(), protocol_id, 'cardia', 1, id, 'bulk', 'n', 'now'"
              + of);
      execute(
          "insert into reported_outcome (id, result_id, position, level, measure)"
              + " select gen_random_uuid(), r.id, i, 'PRIMARY', 'm' from result_set r"
              + three);
      execute(
          "insert into finding_report (id, protocol_id, organisation, subject_kind, subject_id,"
              + " baseline_version_id, baseline_state, rule_set_sha256, made_at)"
              + " select gen_random_uuid(), protocol_id, 'cardia', 'bulk', gen_random_uuid(), id,"
              + " 's', (select min(sha256) from rule_set), 'now'"
              + of);
      execute(
          "insert into finding (id, report_id, position, code, element_id, declaration, phase,"
              + " severity, rule) select gen_random_uuid(), r.id, i, 'c', 'e', 'd', 'p', 's', 'r'"
              + " from finding_report r cross join generate_series(1, 3) as i"
              + " where subject_kind = 'bulk'");
      assertPaged("ProtocolRecords", "protocol.ProtocolVersion", "protocol.PlannedOutcome");
      assertPaged("ResultRecords", "result.ResultSet", "result.ReportedOutcome");
      assertPaged("FindingRecords", "finding.FindingReport", "finding.FindingRow");
    } finally {
      execute("delete from finding where code = 'c'");
      execute("delete from finding_report where subject_kind = 'bulk'");
      execute("delete from reported_outcome where measure = 'm'");
      execute("delete from result_set where source = 'bulk'");
      execute("delete from outcome where measure = 'm'");
      execute("delete from protocol_version where source = 'bulk'");
    }
    assertEquals(List.of(), audit.run().differences());
  }

  private void assertPaged(String bean, String owner, String part) {
    String base = "dev.indelible.trials.";
    AnchoredRecords feature =
        records
            .handlesStream()
            .filter(handle -> handle.getBean().getBeanClass().getSimpleName().equals(bean))
            .findFirst()
            .orElseThrow()
            .get();
    long alive =
        RowScope.all(
            () ->
                QuarkusTransaction.requiringNew()
                    .call(
                        () ->
                            Alive.most(
                                feature.rebuild(), 250, List.of(base + owner, base + part))));
    assertTrue(alive > 100 && alive < 300, bean + ": " + alive);
  }

  @Test
  void theAuditIsForAuditors() {
    Api.post(Tokens.cardia(), "/v1/audit", "").statusCode(403);
    Api.post(Tokens.auditor(), "/v1/audit", "")
        .statusCode(200)
        .body("service", equalTo("trials-service"))
        .body("verdict", not(equalTo("CONTRADICTED")));
  }

  private List<Column> columns() throws SQLException {
    String tables =
        records.stream()
            .flatMap(feature -> Arrays.stream(feature.tables()))
            .map(table -> "'" + table + "'")
            .collect(Collectors.joining(","));
    List<Column> columns = new ArrayList<>();
    try (Connection connection = TestPostgres.connect("trials");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name, column_name, data_type from information_schema.columns"
                    + " where table_name in ("
                    + tables
                    + ") order by 1, 2")) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return columns;
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = TestPostgres.connect("trials");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = TestPostgres.connect("trials");
        Statement statement = connection.createStatement()) {
      boolean ignored = statement.execute(sql);
    }
  }
}
