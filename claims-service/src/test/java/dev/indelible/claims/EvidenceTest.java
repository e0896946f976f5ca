package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.scope.RowScope;
import dev.indelible.local.testing.RowSecurity;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The columns that decide are the columns that are checked: all of them, in every anchored table.
@QuarkusTest
@ServiceUnderTest.Surroundings
class EvidenceTest {
  @Inject @All List<AnchoredRecords> records;
  @Inject TestTime time;

  @BeforeEach
  void aRowInEveryAnchoredTable() throws InterruptedException {
    String decided = claim();
    decide(decided);
    BreakGlassTest.breakAndReview("alder", decided);
    aGrantAndItsRevocation();
    ErasureTest.hold(claim(), "litigation").then().statusCode(200);
    String erased = claim();
    ErasureTest.erase(erased).then().statusCode(202);
    ErasureTest.await(erased, "DESTROYED");
    time.nextHour();
    ErasureTest.awaitRows(
        "select 1 where not exists (select from access_sealing where statement_id is null)");
  }

  private static void aGrantAndItsRevocation() {
    String code = MembershipTest.invite(Tokens.alder(), "M-EVIDENCE");
    String patient = "patient-" + UUID.randomUUID();
    String membership = MembershipTest.redeem(patient, code).path("id");
    String grant = ConsentTest.grant(patient, membership, "permit", "HPAYMT");
    given()
        .auth()
        .oauth2(Tokens.patient(patient))
        .delete("/v1/me/grants/" + grant)
        .then()
        .statusCode(204);
  }

  private static String claim() {
    return given()
        .auth()
        .oauth2(Tokens.alder())
        .contentType("application/json")
        .body(Samples.claim())
        .post("/v1/claims")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static void decide(String claim) {
    given()
        .auth()
        .oauth2(Tokens.alderAdjudicator())
        .contentType("application/json")
        .body("{}")
        .post("/v1/claims/" + claim + "/decisions")
        .then()
        .statusCode(201);
  }

  @Test
  void everyColumnOfEveryAnchoredTableIsAFieldOfAStatement() {
    Set<String> covered = new HashSet<>();
    for (LiveStatement live : rebuild().values()) {
      for (Cell cell : live.statement().cells().values()) {
        covered.add(cell.table() + "." + cell.column());
      }
    }
    assertEquals(new HashSet<>(columns()), covered);
  }

  @Test
  void everyEditOfACellChangesTheStatementAndNamesTheCell() {
    Map<String, LiveStatement> before = rebuild();
    for (String column : columns()) {
      String table = column.substring(0, column.indexOf('.'));
      String name = column.substring(column.indexOf('.') + 1);
      new RowSecurity("claims")
          .edited(table, edit(table, name), () -> requireNamed(before, rebuild(), column));
    }
    assertEquals(texts(before), texts(rebuild()));
  }

  private void requireNamed(
      Map<String, LiveStatement> before, Map<String, LiveStatement> after, String column) {
    Set<String> named = new HashSet<>();
    before.forEach(
        (key, old) -> {
          LiveStatement live = after.get(key);
          if (live == null) {
            named.add(old.table() + ".id");
            return;
          }
          var fields = new TreeMap<>(old.statement().statement().fields());
          fields.putAll(live.statement().statement().fields());
          for (String pointer : fields.keySet()) {
            var was = old.statement().statement().fields().get(pointer);
            var is = live.statement().statement().fields().get(pointer);
            if (!java.util.Objects.equals(was, is)) {
              Cell cell =
                  live.statement().cell(pointer).or(() -> old.statement().cell(pointer)).get();
              named.add(cell.table() + "." + cell.column());
            }
          }
        });
    assertTrue(named.contains(column), column + " was edited, found " + named);
  }

  /// Writes another value into a column of every row.
  private static String edit(String table, String column) {
    String type =
        Rows.strings(
                "select data_type from information_schema.columns where table_name = '%s' and column_name = '%s'"
                    .formatted(table, column))
            .getFirst();
    String other =
        switch (type) {
          case "text" -> "coalesce(%1$s, '') || 'x'";
          case "integer" -> "coalesce(%1$s, 0) + 1000";
          // Beyond what a JSON number keeps exact, and still reported rather than failed upon.
          case "bigint" -> "9007199254740993 - coalesce(%1$s, 0)";
          case "boolean" -> "not %1$s";
          case "uuid" -> "gen_random_uuid()";
          case "bytea" -> "coalesce(set_byte(%1$s, 20, get_byte(%1$s, 20) # 1), '\\x00')";
          default -> throw new AssertionError(type);
        };
    return "update %s set %s = %s".formatted(table, column, other.formatted(column));
  }

  private static Map<String, String> texts(Map<String, LiveStatement> statements) {
    Map<String, String> texts = new TreeMap<>();
    statements.forEach((key, live) -> texts.put(key, live.statement().statement().canonicalText()));
    return texts;
  }

  private Map<String, LiveStatement> rebuild() {
    return RowScope.all(() -> QuarkusTransaction.requiringNew().call(this::rebuildAll));
  }

  private Map<String, LiveStatement> rebuildAll() {
    return records.stream()
        .flatMap(AnchoredRecords::rebuild)
        .collect(
            Collectors.toMap(
                live -> live.table() + "/" + live.row(),
                live -> live,
                (a, b) -> {
                  throw new AssertionError("two statements of one row");
                },
                TreeMap::new));
  }

  private List<String> columns() {
    String tables =
        records.stream()
            .flatMap(each -> Arrays.stream(each.tables()))
            .map(table -> "'" + table + "'")
            .collect(Collectors.joining(","));
    return Rows.strings(
        "select table_name || '.' || column_name from information_schema.columns where table_name in (%s) order by 1"
            .formatted(tables));
  }

  @Test
  void theAuditNamesTheEditedCell() throws SQLException {
    audit().then().statusCode(200).body("differences", equalTo(List.of()));
    String line = Rows.strings("select id from claim_line order by id limit 1").getFirst();
    String edit = "update claim_line set net_minor = net_minor %s 1 where id = '" + line + "'";
    Rows.update(edit.formatted("+"));
    try {
      audit()
          .then()
          .body("verdict", equalTo("CONTRADICTED"))
          .body("differences.size()", equalTo(1))
          .body("differences[0].table", equalTo("claim_line"))
          .body("differences[0].row", equalTo(line))
          .body("differences[0].field", equalTo("net_minor"));
    } finally {
      Rows.update(edit.formatted("-"));
    }
    audit().then().body("differences", equalTo(List.of()));
  }

  private static Response audit() {
    return given().auth().oauth2(Tokens.token("agency", "auditor")).post("/v1/audit");
  }

  @Test
  void aStatementIsTheSameBeforeAndAfterTheDatabase() {
    // What was committed to at submission is what the rows say now: both come from one function.
    assertNotEquals(0, rebuild().size());
    List<String> anchored =
        Rows.strings("select id::text from anchored_statement where seed is not null order by 1");
    List<String> live =
        rebuild().values().stream().map(each -> each.statementId().toString()).sorted().toList();
    assertEquals(anchored, live);
  }
}
