package dev.indelible.claims;

import static dev.indelible.claims.ErasureTest.as;
import static dev.indelible.claims.ErasureTest.audit;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.anchoring.AnchoringConfig;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.ReceiptVerifier;
import dev.indelible.transparency.receipt.TlogProof;
import dev.indelible.transparency.statement.Disclosure;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a patient learns about who looked at their claims.
@Tag("hipaa/164.312.b")
@QuarkusTest
@ServiceUnderTest.SurroundingsWithLedger
class PatientAccessTest {
  private static final String LOOKS =
      "items.collect { it.action + ' ' + it.right + ' ' + it.purpose + ' ' + it.actorOrganisation }";

  private final String patient = "patient-" + UUID.randomUUID();
  private final String member = "M-" + UUID.randomUUID();

  @Inject TestTime time;
  @Inject AnchoringConfig config;

  private String claim = "";
  private String membership = "";

  @BeforeEach
  void aPatientWithAClaim() {
    claim = MembershipTest.submit(Tokens.alder(), member);
    membership =
        MembershipTest.redeem(patient, MembershipTest.invite(Tokens.alder(), member)).path("id");
  }

  @AfterEach
  void everythingMatches() throws InterruptedException {
    time.nextHour();
    AccessSealingTest.awaitSealed();
    audit().then().body("differences", equalTo(List.of())).body("verdict", equalTo("MATCHES"));
  }

  @Test
  void everyLookIsShownToThePatientAndToNobodyElse() {
    as(Tokens.alder()).get("/v1/claims/" + claim).then().statusCode(200);
    me().get("/v1/me/claims/" + claim).then().statusCode(200);
    me().get("/v1/me/claims").then().statusCode(200);
    me().get("/v1/me/accesses")
        .then()
        .statusCode(200)
        .body(
            LOOKS,
            equalTo(
                List.of(
                    "read own-organisation HOPERAT alder",
                    "read self PATRQT null",
                    "search self PATRQT null")))
        .body("items[1].rightId", equalTo(membership))
        .body("items[1].actor", equalTo(patient))
        .body("items[0].organisation", equalTo("alder"));
    as(Tokens.patient("patient-" + UUID.randomUUID()))
        .get("/v1/me/accesses")
        .then()
        .statusCode(200)
        .body("items", equalTo(List.of()));
  }

  @Test
  void aGrantIsNamedByTheLooksThatItOpens() {
    String grant = ConsentTest.grant(patient, membership, "permit", "HPAYMT");
    as(Tokens.token("birch", "adjudicator"))
        .header("Purpose-Of-Use", "HPAYMT")
        .get("/v1/shared-claims/" + claim)
        .then()
        .statusCode(200);
    as(Tokens.token("birch", "adjudicator"))
        .header("Purpose-Of-Use", "FRAUD")
        .get("/v1/shared-claims/" + claim)
        .then()
        .statusCode(404);
    me().get("/v1/me/accesses")
        .then()
        .body(LOOKS, equalTo(List.of("read grant HPAYMT birch")))
        .body("items[0].rightId", equalTo(grant));
    as(officer())
        .get("/v1/claims/" + claim + "/accesses")
        .then()
        .body(LOOKS, equalTo(List.of("read grant HPAYMT birch")));
  }

  /// The insurer's officer too is seen looking, where it is at the history of this one claim.
  @Test
  void whoLooksWhoLookedIsShownToThePatient() {
    as(Tokens.alder()).get("/v1/claims/" + claim).then().statusCode(200);
    as(officer()).get("/v1/claims/" + claim + "/accesses").then().statusCode(200);
    as(officer()).get("/fhir/AuditEvent?entity=Claim/" + claim).then().statusCode(200);
    String other = MembershipTest.submit(Tokens.alder(), "M-" + UUID.randomUUID());
    as(Tokens.alder()).get("/v1/claims/" + other).then().statusCode(200);
    as(officer()).get("/v1/accesses").then().statusCode(200);
    String looked = "read-history own-organisation HOPERAT alder";
    me().get("/v1/me/accesses")
        .then()
        .body(LOOKS, equalTo(List.of("read own-organisation HOPERAT alder", looked, looked)))
        .body("items[2].role", equalTo("privacy-officer"));
  }

  @Test
  void aLookIsProvedToAnyone() throws Exception {
    as(Tokens.alder()).get("/v1/claims/" + claim).then().statusCode(200);
    String event = me().get("/v1/me/accesses").path("items[0].id");
    me().get("/v1/me/accesses/" + event + "/receipt").then().statusCode(404);
    time.nextHour();
    AccessSealingTest.awaitSealed();
    String document = me().get("/v1/me/accesses/" + event + "/disclosure").asString();
    String proof = me().get("/v1/me/accesses/" + event + "/receipt").path("proof");
    Disclosure disclosure = Disclosure.parse(document.getBytes(StandardCharsets.UTF_8));
    disclosure.verify();
    TrustPolicy policy = TrustPolicy.parse(Files.readString(config.policy()));
    var opened =
        new ReceiptVerifier(policy).verify(disclosure.entry().leafHash(), TlogProof.parse(proof));
    assertEquals("test.example/things", opened.checkpoint().origin());
    String stranger = Tokens.patient("patient-" + UUID.randomUUID());
    for (String path : List.of("/receipt", "/disclosure")) {
      as(stranger).get("/v1/me/accesses/" + event + path).then().statusCode(404);
    }
  }

  /// The event outlives the claim, and leads to nobody then.
  @Test
  void anErasureTakesThePatientOutOfTheHistory() throws Exception {
    as(Tokens.alder()).get("/v1/claims/" + claim).then().statusCode(200);
    ErasureTest.erase(claim).then().statusCode(202);
    ErasureTest.await(claim, "ERASED");
    me().get("/v1/me/accesses").then().statusCode(200).body("items", equalTo(List.of()));
    as(officer())
        .get("/v1/claims/" + claim + "/accesses")
        .then()
        .statusCode(200)
        .body(LOOKS, equalTo(List.of("read own-organisation HOPERAT alder")));
    String rows = String.join("", Rows.strings("select to_jsonb(e)::text from access_event e"));
    assertEquals(-1, rows.indexOf(member));
  }

  private RequestSpecification me() {
    return as(Tokens.patient(patient));
  }

  private static String officer() {
    return Tokens.token("alder", "privacy-officer");
  }
}
