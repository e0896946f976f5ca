package dev.indelible.claims;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

  private String claim;

  @BeforeEach
  void aClaimThatSaysAllThereIs() {
    String number = "CLM-SECRET-" + System.nanoTime();
    claim =
        ErasureTest.submit(
            """
            {"claimNumber":"%s","use":"claim","type":"professional","coverage":"COVER-SECRET",
             "member":{"system":"http://members.example/person","value":"M-SECRET-%s"},
             "provider":{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"},
             "total":{"minor":64000,"currency":"EUR"},
             "related":{"relationship":"prior","claim":"EARLIER-SECRET"},
             "lines":[{"sequence":1,"code":{"system":"https://codes.example","code":"E0601"},
               "serviced":{"from":"2026-03-14"},"netMinor":64000,"prescription":"RX-SECRET"}],
             "diagnoses":[{"sequence":1,
               "code":{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"F99.SECRET"}},
               {"sequence":2,"reference":"D-SECRET"}]}
            """
                .formatted(number, number.hashCode()));
    ErasureTest.as(Tokens.token("agency", "auditor"))
        .body("{\"reason\":\"complaint\",\"explanation\":\"Mrs Secret complained\"}")
        .post("/v1/claims/" + claim + "/break-glass")
        .then()
        .statusCode(201);
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
    for (String text : PERSONAL) {
      assertFalse(dump.contains(text.toLowerCase(Locale.ROOT)), text);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertFalse(dump.contains(HexFormat.of().formatHex(bytes)), text);
    }
    assertTrue(dump.contains("1234567893"), "the dump is one");
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
    List<String> tables = List.of("claim", "claim_line", "claim_diagnosis", "anchored_statement");
    for (String table : tables) {
      Rows.update("create table copy_of_%1$s as table %1$s".formatted(table));
    }
    ErasureTest.erase(claim).then().statusCode(202);
    ErasureTest.await(claim, "ERASED");
    String restore =
        "insert into %1$s select * from copy_of_%1$s where %2$s in ('%3$s') on conflict (id) do"
            + " update set id = excluded.id";
    Rows.update(restore.formatted("claim", "id", claim));
    Rows.update(restore.formatted("claim_line", "claim_id", claim));
    Rows.update(restore.formatted("claim_diagnosis", "claim_id", claim));
    String answer = ErasureTest.as(Tokens.alder()).get("/v1/claims/" + claim).asString();
    PERSONAL.forEach(text -> assertFalse(answer.contains(text), answer));
    assertTrue(answer.contains("2026-03-14"), answer);
    assertEquals("CONTRADICTED", ErasureTest.audit().path("verdict"));
    for (String table : List.of("claim_line", "claim_diagnosis")) {
      Rows.update("delete from " + table + " where claim_id = '" + claim + "'");
    }
    Rows.update("delete from claim where id = '" + claim + "'");
    for (String table : tables) {
      Rows.update("drop table copy_of_" + table);
    }
  }
}
