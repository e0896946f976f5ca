package dev.indelible.claims;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a patient says, as a record of its own: who may touch it, and what it must not say.
@Tag("asvs-5.0/8.2.2")
@Tag("hipaa/164.312.a.1")
@QuarkusTest
@ServiceUnderTest.Surroundings
class GrantTest {
  private final String patient = "patient-" + UUID.randomUUID();
  private String membership;
  private String claim;

  @BeforeEach
  void aMemberWithAClaim() {
    String member = "M-" + UUID.randomUUID();
    claim = MembershipTest.submit(Tokens.alder(), member);
    membership =
        MembershipTest.redeem(patient, MembershipTest.invite(Tokens.alder(), member)).path("id");
  }

  @Test
  void nobodyElseReadsTheDecisionsOrTouchesTheGrants() {
    String grant = ConsentTest.grant(patient, membership, "permit", "HPAYMT");
    String other = "patient-" + UUID.randomUUID();
    ConsentTest.me(other)
        .get("/v1/me/claims/" + claim + "/consent-decisions")
        .then()
        .statusCode(404);
    ConsentTest.me(other).get("/v1/me/grants").then().body("items", empty());
    ConsentTest.me(other).delete("/v1/me/grants/" + grant).then().statusCode(404);
    ConsentTest.me(other).get("/v1/me/grants/" + grant + "/disclosure").then().statusCode(404);
    ConsentTest.me(other).get("/v1/me/grants/" + grant + "/receipt").then().statusCode(404);
    assertEquals(
        List.of(),
        Rows.strings("select id from consent_revocation where grant_id = '" + grant + "'"));
    var before = Rows.counts();
    ConsentTest.me(other)
        .body(ConsentTest.GRANT.formatted(membership, "permit", "HPAYMT", ConsentTest.LATER))
        .post("/v1/me/grants")
        .then()
        .statusCode(400)
        .body("violations.field", contains("/membership"));
    assertEquals(before, Rows.counts());
  }

  @Test
  void aGrantIsAStatementOfItsOwn() {
    String path = "/v1/me/grants/" + ConsentTest.grant(patient, membership, "permit", "HPAYMT");
    ConsentTest.me(patient)
        .get(path + "/disclosure")
        .then()
        .statusCode(200)
        .body("fields.pointer", hasItem("/recipient"));
    ConsentTest.me(patient).get(path + "/receipt").then().body("code", equalTo("no-receipt-yet"));
  }

  @Test
  void isAConsentOfFhir() {
    Response answer =
        post(
            """
            {"membership":"%s","recipient":"birch","purpose":"HPAYMT","until":"%s",
             "records":{"from":"2020-01-01T00:00:00Z","until":"2021-01-01T00:00:00Z"}}
            """);
    String path = "/fhir/Consent/" + answer.path("id");
    String text = ConsentTest.me(patient).get(path).then().statusCode(200).extract().asString();
    Consent consent =
        FhirContext.forR4Cached()
            .newJsonParser()
            .setParserErrorHandler(new StrictErrorHandler())
            .parseResource(Consent.class, text);
    assertEquals(ConsentState.ACTIVE, consent.getStatus());
    assertEquals(ConsentProvisionType.PERMIT, consent.getProvision().getType());
    assertEquals("HPAYMT", consent.getProvision().getPurposeFirstRep().getCode());
    assertEquals("birch", consent.getProvision().getActorFirstRep().getReference().getDisplay());
    // The last moment in it, where ours name the first after it.
    assertEquals(
        "2020-12-31T23:59:59.999999Z",
        consent.getProvision().getDataPeriod().getEndElement().getValueAsString());
    ConsentTest.me("patient-" + UUID.randomUUID()).get(path).then().statusCode(404);
    ConsentTest.me(patient).delete("/v1/me/grants/" + answer.path("id")).then().statusCode(204);
    ConsentTest.me(patient).get(path).then().body("status", equalTo("inactive"));
  }

  @Test
  void ofManyRevocationsAtOnceOneIsStored() throws Exception {
    String grant = ConsentTest.grant(patient, membership, "permit", "HPAYMT");
    try (var threads = Executors.newFixedThreadPool(6)) {
      var answers =
          threads.invokeAll(
              Collections.nCopies(
                  6, () -> ConsentTest.me(patient).delete("/v1/me/grants/" + grant).statusCode()));
      for (var answer : answers) {
        assertEquals(204, answer.get());
      }
    }
    assertEquals(
        List.of("1"),
        Rows.strings(
            "select count(*) from consent_revocation join anchored_statement using (id)"
                + " where grant_id = '"
                + grant
                + "'"));
  }

  /// Left out, a grant that forbids would forbid nothing any more.
  @Test
  void aDenyThatCannotBeDecryptedOpensNothing() throws SQLException {
    ConsentTest.grant(patient, membership, "permit", "HPAYMT");
    assertEquals(200, read());
    String deny = ConsentTest.grant(patient, membership, "deny", "HPAYMT");
    String flip =
        "update consent_grant set member_value = set_bit(member_value, 101,"
            + " 1 - get_bit(member_value, 101)) where id = '%s'";
    assertEquals(1, Rows.update(flip.formatted(deny)));
    assertEquals(500, read());
    assertEquals(1, Rows.update(flip.formatted(deny)));
    assertEquals(404, read());
  }

  private int read() {
    return ErasureTest.as(Tokens.token("birch", "adjudicator"))
        .header("Purpose-Of-Use", "HPAYMT")
        .get("/v1/shared-claims/" + claim)
        .statusCode();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"recipient\":\"birch\"|\"recipient\":\"brich\"|/recipient",
        "\"recipient\":\"birch\"|\"recipient\":\"alder\"|/recipient",
        "\"recipient\":\"birch\",||/recipient",
        "HPAYMT|TREAT|/purpose",
        "permit|allow|/type",
        "9000-01-01T00:00:00Z|2001-01-01T00:00:00Z|/until",
        "9000-01-01T00:00:00Z|9000-01-01|/until",
        "9000-01-01T00:00:00Z|+10000-01-01T00:00:00Z|/until",
        "}|,\"from\":\"9000-01-01T00:00:00Z\"}|/until",
        "}|,\"records\":{}}|/records/from",
        "}|,\"records\":{\"from\":\"2021-01-01T00:00:00Z\",\"until\":\"2021-01-01T00:00:00Z\"}}|/records/until",
        "}|,\"scope\":\"all\"}|/scope",
      })
  void namesWhatIsWrongAndStoresNothing(String from, String to, String pointer) {
    String body = ConsentTest.GRANT.formatted(membership, "permit", "HPAYMT", ConsentTest.LATER);
    var before = Rows.counts();
    ConsentTest.me(patient)
        .body(body.replace(from, to == null ? "" : to))
        .post("/v1/me/grants")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem(pointer));
    assertEquals(before, Rows.counts());
  }

  /// All of them are weighed, and written down, with each request for each claim.
  @Test
  void nobodySaysMoreThanCanBeWeighed() {
    for (int i = 0; i < 100; i++) {
      ConsentTest.grant(patient, membership, "permit", "HPAYMT");
    }
    var before = Rows.counts();
    ConsentTest.me(patient)
        .body(ConsentTest.GRANT.formatted(membership, "permit", "HPAYMT", ConsentTest.LATER))
        .post("/v1/me/grants")
        .then()
        .statusCode(409)
        .body("code", equalTo("too-many-grants"));
    assertEquals(before, Rows.counts());
  }

  private Response post(String body) {
    return ConsentTest.me(patient)
        .body(body.formatted(membership, ConsentTest.LATER))
        .post("/v1/me/grants");
  }
}
