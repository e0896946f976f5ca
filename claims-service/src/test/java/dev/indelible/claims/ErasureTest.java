package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.AnchoredRecords;
import dev.indelible.anchoring.AnchoringConfig;
import dev.indelible.anchoring.SealedRows;
import dev.indelible.anchoring.scope.RowScope;
import dev.indelible.local.testing.Alive;
import dev.indelible.transparency.statement.Disclosure;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Erasing claims: what goes, what stays, and what forbids it.
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
class ErasureTest {
  @Inject AnchoringConfig config;
  @Inject @Any Instance<AnchoredRecords> anchored;
  @Inject @Any Instance<SealedRows> sealed;

  @BeforeEach
  void theLedgerAnswers() {
    ledger("mode/ok");
  }

  @AfterEach
  void everythingMatches() {
    audit().then().body("differences", equalTo(List.of())).body("verdict", equalTo("MATCHES"));
  }

  @Test
  void leavesATombstoneAndNothingElse() throws Exception {
    String body = Samples.claim();
    String id = submit(body);
    as(Tokens.alderAdjudicator())
        .body("{}")
        .post("/v1/claims/" + id + "/decisions")
        .then()
        .statusCode(201);
    awaitIncluded(id);
    String record = record(id);
    long tokens = tokens();

    erase(id).then().statusCode(202).body("id", equalTo(id));
    await(id, "ERASED");
    erase(id).then().statusCode(202).body("state", equalTo("ERASED"));
    for (String path : List.of("", "/receipt", "/disclosure", "/decisions")) {
      as(Tokens.alder())
          .get("/v1/claims/" + id + path)
          .then()
          .statusCode(410)
          .body("code", equalTo("record-erased"));
    }
    as(Tokens.alder())
        .get("/v1/claims/" + id + "/erasure")
        .then()
        .body("basis", equalTo("gdpr-17-1-a"))
        .body("tombstone.status", equalTo("INCLUDED"));
    String document = as(Tokens.alder()).get("/v1/claims/" + id + "/erasure/disclosure").asString();
    Disclosure tombstone = Disclosure.parse(document.getBytes(StandardCharsets.UTF_8));
    tombstone.verify();
    assertEquals("urn:uuid:" + record, tombstone.entry().subject());
    as(Tokens.alder())
        .get("/v1/claims/" + id + "/erasure/receipt")
        .then()
        .body("leafHash", equalTo(tombstone.entry().leafHash().toBase64()));
    as(Tokens.birch()).get("/v1/claims/" + id + "/erasure/disclosure").then().statusCode(404);
    assertEquals(List.of("2"), Rows.strings(about("select entries from tombstone", record)));
    assertEquals(List.of(), Rows.strings("select id from record_key where id = '" + record + "'"));
    assertTrue(tokens() < tokens, "the ledger still has tokens");
    // Its duplicate is nobody's duplicate any more, here and in the ledger.
    String again = submit(body);
    awaitIncluded(again);
  }

  /// What the audit reads of erasures, holds, broken glass and invitations does not grow with them:
  /// of twice as many rows as a page has, no more than a page is in memory.
  @Test
  void anAuditReadsAPageAtATime() throws Exception {
    String claim = submit(Samples.claim());
    awaitIncluded(claim);
    String many = " from generate_series(1, 1100) as i";
    try {
      Rows.update(
          "insert into erasure select gen_random_uuid(), gen_random_uuid(), 'alder', 'bulk', 'n',"
              + " 'now', '', null, true, now()"
              + many);
      Rows.update(
          "insert into tombstone select gen_random_uuid(), record, 'alder', 1, 'bulk', 'now'"
              + " from erasure where basis = 'bulk'");
      Rows.update(
          "insert into hold_event select gen_random_uuid(), gen_random_uuid(), 'alder', 1, 'held',"
              + " 'bulk', 'n', 'now'"
              + many);
      Rows.update(
          "insert into break_glass select gen_random_uuid(), gen_random_uuid(), '"
              + claim
              + "', 'alder', 'n', null, 'bulk', '', 'now', 'now'"
              + many);
      Rows.update(
          "insert into break_glass_review select gen_random_uuid(), id, record, 'alder',"
              + " 'justified', 'n', 'now' from break_glass where reason = 'bulk'");
      Rows.update(
          "insert into member_invitation select gen_random_uuid(), sha256(i::text::bytea), 'alder',"
              + " null, '', 'bulk', 'now', 'now'"
              + many);
      String erasure = "dev.indelible.anchoring.erasure.";
      assertPaged("AnchoredErasures", 900, erasure + "Tombstone");
      assertPaged("AnchoredErasures", 2000, erasure + "HoldEvent");
      assertPaged("SealedErasures", 900, erasure + "StoredErasure");
      assertPaged("Glasses", 900, "dev.indelible.claims.access.BrokenGlass");
      assertPaged("Glasses", 2000, "dev.indelible.claims.access.GlassReview");
      assertPaged(
          "SealedInvitations", 900, "dev.indelible.claims.member.SealedInvitations$Waiting");
    } finally {
      Rows.update("delete from member_invitation where invited_by = 'bulk'");
      Rows.update("delete from break_glass_review where reviewed_by = 'n'");
      Rows.update("delete from break_glass where reason = 'bulk'");
      Rows.update("delete from hold_event where reason = 'bulk'");
      Rows.update("delete from tombstone where basis = 'bulk'");
      Rows.update("delete from erasure where basis = 'bulk'");
    }
  }

  /// @param bean by its class
  /// @param after so many of what it finds
  private void assertPaged(String bean, long after, String type) {
    long alive =
        RowScope.all(
            () ->
                QuarkusTransaction.requiringNew()
                    .call(() -> Alive.most(found(bean), after, List.of(type))));
    assertTrue(alive > 0 && alive < 650, type + ": " + alive);
  }

  private Stream<?> found(String bean) {
    return anchored
        .handlesStream()
        .filter(handle -> handle.getBean().getBeanClass().getSimpleName().equals(bean))
        .<Stream<?>>map(handle -> handle.get().rebuild())
        .findFirst()
        .or(
            () ->
                sealed
                    .handlesStream()
                    .filter(handle -> handle.getBean().getBeanClass().getSimpleName().equals(bean))
                    .<Stream<?>>map(handle -> handle.get().changed())
                    .findFirst())
        .orElseThrow();
  }

  @Test
  void anAlertGoesOnBothSides() throws Exception {
    String mine = submit(Samples.claim("CLM-ALERT-1", "M-ALERT"));
    awaitIncluded(mine);
    String other =
        as(Tokens.birch())
            .body(Samples.claim("CLM-ALERT-2", "M-ALERT"))
            .post("/v1/claims")
            .path("id");
    awaitRows("select id from match_alert where other_claim_id = '" + mine + "'");
    erase(mine).then().statusCode(202);
    await(mine, "ERASED");
    assertEquals(
        List.of(), Rows.strings("select id from match_alert where claim_id = '" + other + "'"));
    as(Tokens.birch()).get("/v1/claims/" + other).then().statusCode(200);
  }

  @Test
  void aHoldForbidsErasureAndTheRefusalIsAStatement() throws Exception {
    String id = submit(Samples.claim());
    String record = record(id);
    hold(id, "litigation").then().statusCode(200).body("reason", equalTo("litigation"));
    hold(id, "litigation").then().statusCode(409).body("code", equalTo("hold-conflict"));
    erase(id).then().statusCode(409).body("code", equalTo("record-held"));
    as(Tokens.alder()).get("/v1/claims/" + id).then().statusCode(200);
    as(Tokens.alder()).get("/v1/claims/" + id + "/erasure").then().statusCode(404);
    release(id, "settled").then().statusCode(204);
    release(id, "settled").then().statusCode(409);
    erase(id).then().statusCode(202);
    await(id, "ERASED");
    hold(id, "litigation").then().statusCode(404);
    String events = about("select kind || ' ' || reason from hold_event", record);
    assertEquals(
        List.of("held litigation", "erasure-refused gdpr-17-1-a", "released settled"),
        Rows.strings(events + " order by number"));
    String anchored =
        about("select h.id from hold_event h join receipt r on r.statement_id = h.id", record);
    awaitRows(anchored + " and kind = 'released'");
    assertEquals(3, Rows.strings(anchored).size());
  }

  @Test
  void destroysWhileTheLedgerIsDownAndFinishesLater() throws Exception {
    ledger("mode/down");
    String id = submit(Samples.claim());
    erase(id).then().statusCode(202);
    await(id, "DESTROYED");
    assertEquals(
        List.of("[]"),
        Rows.strings("select tokens::text from outbox where statement_id = '" + id + "'"));
    assertEquals(
        List.of(),
        Rows.strings(
            "select id from anchored_statement where seed is not null and id = '" + id + "'"));
    as(Tokens.alder())
        .get("/v1/claims/" + id + "/erasure")
        .then()
        .body("tombstone.status", equalTo("PENDING"))
        .body("tombstone.index", nullValue());
    ledger("mode/ok");
    await(id, "ERASED");
  }

  @Test
  void somebodyWithTheDatabaseCannotEraseInOurName() throws Exception {
    String id = submit(Samples.claim());
    awaitIncluded(id);
    String forge =
        """
        insert into erasure (record, row_id, organisation, basis, requested_by, requested_at, seal, not_before)
        select record, id, organisation, 'forged', 'nobody', '2026-01-01T00:00:00Z', '\\x00', now()
        from claim where id = '%s'
        """;
    assertEquals(1, Rows.update(forge.formatted(id)));
    awaitRows("select record from erasure where last_error is not null and row_id = '" + id + "'");
    as(Tokens.alder()).get("/v1/claims/" + id).then().statusCode(200);
    Rows.update("delete from erasure where basis = 'forged'");

    // A tombstone of one's own covers nothing either: it was never anchored.
    Rows.update(
        "insert into tombstone select gen_random_uuid(), record, organisation, 1, 'forged',"
            + " '2026-01-01T00:00:00Z' from claim where id = '"
            + id
            + "'");
    Rows.update("create table kept as select * from claim_diagnosis where claim_id = '" + id + "'");
    Rows.update("delete from claim_diagnosis where claim_id = '" + id + "'");
    List<String> tables = audit().path("differences.table");
    assertTrue(
        tables.contains("tombstone") && tables.contains("claim_diagnosis"), tables::toString);
    Rows.update("insert into claim_diagnosis select * from kept");
    Rows.update("drop table kept");
    Rows.update("delete from tombstone where basis = 'forged'");
  }

  @Test
  void anOpeningThatComesBackIsNamed() throws Exception {
    String id = submit(Samples.claim());
    awaitIncluded(id);
    erase(id).then().statusCode(202);
    await(id, "ERASED");
    String edit = "update anchored_statement set seed = %s where id = '" + id + "'";
    Rows.update(edit.formatted("decode(repeat('00', 64), 'hex')"));
    audit()
        .then()
        .body("differences.table", equalTo(List.of("anchored_statement")))
        .body("differences[0].field", equalTo("seed"));
    Rows.update(edit.formatted("null"));
    String key = "update anchored_statement set key_id = %s where id = '" + id + "'";
    Rows.update(key.formatted("gen_random_uuid()"));
    audit()
        .then()
        .body("differences.table", equalTo(List.of("anchored_statement")))
        .body("differences[0].field", equalTo("key_id"));
    Rows.update(key.formatted("(select record from erasure where row_id = anchored_statement.id)"));
    String tombstone = "update tombstone set entries = entries %s 1 where record = '%s'";
    String record =
        Rows.strings("select record from erasure where row_id = '" + id + "'").getFirst();
    Rows.update(tombstone.formatted("+", record));
    assertFalse(audit().<List<String>>path("differences.table").isEmpty());
    Rows.update(tombstone.formatted("-", record));
  }

  @Test
  void asksForRoleOrganisationAndACode() {
    String id = submit(Samples.claim());
    as(Tokens.birch())
        .body(basis("gdpr-17-1-a"))
        .post("/v1/claims/" + id + "/erasure")
        .then()
        .statusCode(404);
    as(Tokens.alderAdjudicator())
        .body(basis("gdpr-17-1-a"))
        .post("/v1/claims/" + id + "/erasure")
        .then()
        .statusCode(403);
    for (String bad : List.of("{}", basis(""), basis("Mr Miller asked"), basis("x".repeat(64)))) {
      as(Tokens.alder()).body(bad).post("/v1/claims/" + id + "/erasure").then().statusCode(400);
    }
    as(Tokens.alder())
        .body("{\"reason\":\"mine\"}")
        .put("/v1/claims/" + id + "/hold")
        .then()
        .statusCode(403);
    hold(UUID.randomUUID().toString(), "litigation").then().statusCode(404);
  }

  static Response erase(String id) {
    return as(Tokens.alder()).body(basis("gdpr-17-1-a")).post("/v1/claims/" + id + "/erasure");
  }

  static Response hold(String id, String reason) {
    return auditor().body("{\"reason\":\"" + reason + "\"}").put("/v1/claims/" + id + "/hold");
  }

  private static Response release(String id, String reason) {
    return auditor().body("{\"reason\":\"" + reason + "\"}").delete("/v1/claims/" + id + "/hold");
  }

  private static String basis(String code) {
    return "{\"basis\":\"" + code + "\"}";
  }

  private static RequestSpecification auditor() {
    return as(Tokens.token("agency", "auditor"));
  }

  static RequestSpecification as(String token) {
    return given().auth().oauth2(token).contentType("application/json");
  }

  static Response audit() {
    return auditor().post("/v1/audit");
  }

  static String submit(String body) {
    Response answer = as(Tokens.alder()).body(body).post("/v1/claims");
    assertEquals(202, answer.statusCode(), answer.asString());
    return answer.path("id");
  }

  private static String record(String id) {
    return as(Tokens.alder()).get("/v1/claims/" + id).path("record");
  }

  private static String about(String select, String record) {
    return select + " where record = '" + record + "'";
  }

  /// Waits for a state of an erasure, for one that is behind it too.
  static void await(String id, String state) throws InterruptedException {
    String finished = state.equals("ERASED") ? "finished" : "statements is not null";
    awaitRows("select record from erasure where row_id = '" + id + "' and " + finished);
  }

  static void awaitIncluded(String id) throws InterruptedException {
    awaitRows("select statement_id from receipt where statement_id = '" + id + "'");
  }

  static void awaitRows(String query) throws InterruptedException {
    for (int i = 0; Rows.strings(query).isEmpty(); i++) {
      assertTrue(i < 600, "never: " + query);
      Thread.sleep(50);
    }
  }

  private long tokens() {
    return ledger("tokens").lines().count();
  }

  private String ledger(String command) {
    return given().get(config.ledgerUrl().getFirst().resolve("/control/" + command)).asString();
  }
}
