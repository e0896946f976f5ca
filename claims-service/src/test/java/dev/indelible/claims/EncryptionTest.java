package dev.indelible.claims;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody reads who has the database, or a copy of it, and no key of the service.
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
@Tag("hipaa/164.312.a.2.iv")
class EncryptionTest {
  private static final List<String> PERSONAL =
      List.of(
          "CLM-SECRET",
          "M-SECRET",
          "COVER-SECRET",
          "EARLIER-SECRET",
          "RX-SECRET",
          "F99.SECRET",
          "D-SECRET",
          "Mrs Secret");

  private final String patient = "patient-" + UUID.randomUUID();
  private String claim;

  @BeforeEach
  void aClaimThatSaysAllThereIs() {
    String number = "CLM-SECRET-" + System.nanoTime();
    String member = "M-SECRET-" + number.hashCode();
    claim =
        ErasureTest.submit(
            """
            {"claimNumber":"%s","use":"claim","type":"professional","coverage":"COVER-SECRET",
             "member":{"system":"http://members.example/person","value":"%s"},
             "provider":{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"},
             "total":{"minor":64000,"currency":"EUR"},
             "related":{"relationship":"prior","claim":"EARLIER-SECRET"},
             "lines":[{"sequence":1,"code":{"system":"https://codes.example","code":"E0601"},
               "serviced":{"from":"2026-03-14"},"netMinor":64000,"prescription":"RX-SECRET"}],
             "diagnoses":[{"sequence":1,
               "code":{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"F99.SECRET"}},
               {"sequence":2,"reference":"D-SECRET"}]}
            """
                .formatted(number, member));
    ErasureTest.as(Tokens.token("agency", "auditor"))
        .body("{\"reason\":\"complaint\",\"explanation\":\"Mrs Secret complained\"}")
        .post("/v1/claims/" + claim + "/break-glass")
        .then()
        .statusCode(201);
    ErasureTest.as(Tokens.alderAdjudicator())
        .body("{\"outcome\":\"denied\",\"reason\":\"Mrs Secret is not covered\"}")
        .post("/v1/claims/" + claim + "/decisions")
        .then()
        .statusCode(201);
    share(member);
  }

  /// The patient lets another insurer read the claim, which does; a second code stays unused.
  private void share(String member) {
    String code = MembershipTest.invite(Tokens.alder(), member);
    String membership = MembershipTest.redeem(patient, code).path("id");
    var grant = ConsentTest.grant(patient, membership, "permit", "HPAYMT");
    ErasureTest.as(Tokens.token("birch", "adjudicator"))
        .header("Purpose-Of-Use", "HPAYMT")
        .get("/v1/shared-claims/" + claim)
        .then()
        .statusCode(200)
        .body("claim.member.value", equalTo(member));
    assertEquals(List.of(grant), ConsentTest.me(patient).get("/v1/me/grants").path("items.id"));
    var unused = MembershipTest.invite(Tokens.alder(), member);
    assertNotEquals(code, unused);
  }

  @AfterEach
  void everythingMatches() {
    ErasureTest.audit()
        .then()
        .body("differences", equalTo(List.of()))
        .body("verdict", equalTo("MATCHES"));
  }

  @Test
  void noTableSaysWhatIsPersonal() {
    String dump = dump();
    noTableSaysWhatIsPersonal(dump);
    // All else in the inputs is known, so by their hash the member's number could be guessed.
    String inputs = consentDecisions().path("items[0].inputs");
    assertTrue(inputs.contains("M-SECRET"), inputs);
    String hash = Hash.sha256(inputs.getBytes(StandardCharsets.UTF_8)).toHex();
    assertTrue(consentDecisions().<String>path("items[0].document").contains(hash));
    assertFalse(dump.contains(hash));
  }

  private static void noTableSaysWhatIsPersonal(String dump) {
    for (String text : PERSONAL) {
      assertFalse(dump.contains(text.toLowerCase(Locale.ROOT)), text);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertFalse(dump.contains(HexFormat.of().formatHex(bytes)), text);
    }
    assertTrue(dump.contains("1234567893"), "the dump is one");
  }

  private Response consentDecisions() {
    return ConsentTest.me(patient).get("/v1/me/claims/" + claim + "/consent-decisions");
  }

  /// Every cell of every table.
  private static String dump() {
    StringBuilder dump = new StringBuilder();
    for (String table :
        Rows.strings("select tablename from pg_tables where schemaname = 'public'")) {
      Rows.strings("select t::text from " + table + " t")
          .forEach(row -> dump.append(row).append('\n'));
    }
    return dump.toString().toLowerCase(Locale.ROOT);
  }

  @Test
  void whoMayReadReadsAll() {
    String answer = ErasureTest.as(Tokens.alder()).get("/v1/claims/" + claim).asString();
    String list = ErasureTest.as(Tokens.alder()).get("/v1/claims?size=200").asString();
    String disclosed =
        ErasureTest.as(Tokens.alder()).get("/v1/claims/" + claim + "/disclosure").asString();
    PERSONAL.stream()
        .filter(text -> !text.equals("Mrs Secret"))
        .forEach(
            text -> {
              assertTrue(answer.contains(text), answer);
              assertTrue(disclosed.contains(text), disclosed);
              assertTrue(list.contains(text), list);
            });
    String officer =
        ErasureTest.as(Tokens.token("alder", "privacy-officer")).get("/v1/break-glass").asString();
    assertTrue(officer.contains("Mrs Secret complained"), officer);
    String decisions =
        ErasureTest.as(Tokens.alder()).get("/v1/claims/" + claim + "/decisions").asString();
    assertTrue(decisions.contains("Mrs Secret is not covered"), decisions);
    for (String path : List.of("memberships", "grants")) {
      String mine = ConsentTest.me(patient).get("/v1/me/" + path).asString();
      assertTrue(mine.contains("M-SECRET"), mine);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "decision, reason, claim_id = '%1$s'",
    "consent_decision, document, claim_id = '%1$s'",
    "consent_decision, inputs, claim_id = '%1$s'",
    "membership, member_value, subject = '%2$s'",
    "consent_grant, member_value, granted_by = '%2$s'",
    "member_invitation, member_value, true order by invited_at desc limit 1",
  })
  void aFlippedBitIsNamedByRowAndField(String table, String column, String where)
      throws SQLException {
    String row =
        Rows.strings("select id from " + table + " where " + where.formatted(claim, patient))
            .getFirst();
    String flip =
        "update %1$s set %2$s = set_bit(%2$s, 101, 1 - get_bit(%2$s, 101)) where id = '%3$s'"
            .formatted(table, column, row);
    assertEquals(1, Rows.update(flip));
    requireNamed(table, row, column);
    assertEquals(1, Rows.update(flip));
  }

  /// No statement is under it.
  @Test
  void whatIsDoneToTheKeyOfAnInvitationIsNamed() throws SQLException {
    String id =
        Rows.strings("select id from member_invitation order by invited_at desc limit 1")
            .getFirst();
    String key = " where id = '" + id + "'";
    Rows.update("create table kept as select * from record_key" + key);
    for (String edit :
        List.of(
            "kek = 'x'",
            "organisation = 'birch'",
            "wrapped = set_bit(wrapped, 101, 1 - get_bit(wrapped, 101))")) {
      Rows.update("update record_key set " + edit + key);
      requireNamed("record_key", id, edit.substring(0, edit.indexOf(' ')));
      Rows.update(
          "update record_key r set kek = k.kek, organisation = k.organisation,"
              + " wrapped = k.wrapped from kept k where r.id = k.id");
    }
    Rows.update("drop table kept");
    // The key is gone, or has nothing to open.
    for (String table : List.of("record_key", "member_invitation")) {
      Rows.update("create table kept as select * from " + table + key);
      Rows.update("delete from " + table + key);
      requireNamed("record_key", id, null);
      Rows.update("insert into " + table + " select * from kept");
      Rows.update("drop table kept");
    }
  }

  private static void requireNamed(String table, String row, String column) {
    ErasureTest.audit()
        .then()
        .body("differences.table", equalTo(List.of(table)))
        .body("differences.row", equalTo(List.of(row)))
        .body("differences[0].field", equalTo(column));
  }

  @Test
  void aCiphertextThatChangesPlacesIsNamed() throws SQLException {
    String exchange =
        "update claim set coverage = related_claim, related_claim = coverage where id = '%s'"
            .formatted(claim);
    Rows.update(exchange);
    ErasureTest.audit()
        .then()
        .body("differences.field", equalTo(List.of("coverage", "related_claim")))
        .body("differences.row", equalTo(List.of(claim, claim)));
    // Nor does it become readable there.
    String answer = ErasureTest.as(Tokens.alder()).get("/v1/claims/" + claim).asString();
    assertFalse(answer.contains("EARLIER-SECRET") || answer.contains("COVER-SECRET"), answer);
    Rows.update(exchange);
  }

  @Test
  void anEditedRecordIsNamedAloneThoughItsKeyIsAnothers() throws SQLException {
    String record = Rows.strings("select record from claim where id = '" + claim + "'").getFirst();
    String edit = "update claim set record = %s where id = '" + claim + "'";
    Rows.update(edit.formatted("gen_random_uuid()"));
    ErasureTest.audit().then().body("differences.field", equalTo(List.of("record")));
    Rows.update(edit.formatted("'" + record + "'"));
  }

  /// Rows that come back from a copy, without the key that the erasure destroyed.
  @Test
  void anErasedClaimStaysUnreadableInACopyOfItsRows() throws Exception {
    ErasureTest.awaitIncluded(claim);
    List<String> children =
        List.of("claim_line", "claim_diagnosis", "decision", "consent_decision");
    List<String> tables = new ArrayList<>(children);
    tables.addAll(List.of("claim", "anchored_statement"));
    for (String table : tables) {
      Rows.update("create table copy_of_%1$s as table %1$s".formatted(table));
    }
    ErasureTest.erase(claim).then().statusCode(202);
    ErasureTest.await(claim, "ERASED");
    String restore =
        "insert into %1$s select * from copy_of_%1$s where %2$s in ('%3$s') on conflict (id) do"
            + " update set id = excluded.id";
    Rows.update(restore.formatted("claim", "id", claim));
    for (String table : children) {
      assertTrue(Rows.update(restore.formatted(table, "claim_id", claim)) > 0, table);
    }
    String decisions =
        ErasureTest.as(Tokens.alder()).get("/v1/claims/" + claim + "/decisions").asString();
    assertTrue(decisions.contains("denied") && !decisions.contains("Secret"), decisions);
    String record = Rows.strings("select record from claim where id = '" + claim + "'").getFirst();
    assertEquals(List.of(), Rows.strings("select id from record_key where id = '" + record + "'"));
    consentDecisions().then().statusCode(404);
    noTableSaysWhatIsPersonal(dump());
    String answer = ErasureTest.as(Tokens.alder()).get("/v1/claims/" + claim).asString();
    PERSONAL.forEach(text -> assertFalse(answer.contains(text), answer));
    assertTrue(answer.contains("2026-03-14"), answer);
    assertEquals("CONTRADICTED", ErasureTest.audit().path("verdict"));
    for (String table : children) {
      Rows.update("delete from " + table + " where claim_id = '" + claim + "'");
    }
    Rows.update("delete from claim where id = '" + claim + "'");
    for (String table : tables) {
      Rows.update("drop table copy_of_" + table);
    }
  }
}
