package dev.indelible.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Database;
import dev.indelible.local.testing.Samples;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Two people of one insurer, at a real Keycloak, pay a large claim; both decisions are in the log.
@Tag("asvs-5.0/2.3.5")
@TestInstance(Lifecycle.PER_CLASS)
class SecondApprovalTest {
  private static final String SECOND = "alder-second";
  private static final String NAME = "O'Neill";
  private static final long MUCH = 9_000_000;
  private static final String PAY =
      """
      {"outcome": "paid", "reason": "seen",
       "lines": [{"sequence": 1, "allowedMinor": %1$d, "paidMinor": %1$d}]}
      """
          .formatted(MUCH);

  private final Api api = new Api(SharedStack.get());
  private final RealmAdmin admin = new RealmAdmin(api.stack());
  private String second = "";

  @BeforeAll
  void employ() {
    second = admin.addPerson(SECOND, "adjudicator", Map.of());
    admin.join("alder", second);
  }

  @AfterAll
  void dismiss() {
    admin.removePerson(second);
  }

  @Test
  void muchIsPaidByTwoPeople() {
    String claim = submit();
    String approval = approval(propose(claim).path("id"));

    refused(api.fresh("alder-adjudicator", api.claims()), claim, approval, "second-person-needed");
    refused(api.as(SECOND, api.claims()), claim, approval, "insufficient-user-authentication");
    refused(api.fresh("birch-adjudicator", api.claims()), claim, approval, "not-found");
    assertEquals("proposed", api.claim("alder", claim).getString("state"));

    decide(api.fresh(SECOND, api.claims()), claim, approval)
        .then()
        .statusCode(201)
        .body("outcome", equalTo("paid"))
        .body("decidedBy", equalTo(second));
    refused(api.fresh(SECOND, api.claims()), claim, approval, "not-proposed");
    assertEquals("paid", api.claim("alder", claim).getString("state"));
    assertEquals(
        List.of("proposed", "paid"),
        api.as("alder", api.claims())
            .get("/v1/claims/{id}/decisions", claim)
            .jsonPath()
            .getList("outcome"));
    api.requireSound();
  }

  /// Name, time and meaning, in what an insurer reads and in what anybody can verify. The name is
  /// that of the account, which no token says, and outlives the account.
  @Test
  @Tag("part11/11.50")
  void anApprovalShowsWhoSignedWhenAndWhatFor() {
    String claim = submit();
    String proposal = propose(claim).path("id");
    String signer =
        admin.addPerson(
            "alder-signer", "adjudicator", Map.of("firstName", "Zoë Anne", "lastName", NAME));
    admin.join("alder", signer);
    Instant before = Instant.now();
    Response approved = decide(api.fresh("alder-signer", api.claims()), claim, approval(proposal));
    admin.removePerson(signer);
    approved.then().statusCode(201).body("decidedBy", equalTo(signer));

    Map<String, String> signature =
        api.as("alder", api.claims()).get("/v1/claims/{id}/decisions", claim).path("[1].signature");
    String at = approved.path("decidedAt");
    assertEquals(
        Map.of("printedName", "Zoë Anne " + NAME, "signedAt", at, "meaning", "approved"),
        signature);
    Instant signed = Instant.parse(at);
    assertTrue(!signed.isBefore(before) && !signed.isAfter(Instant.now()), at);
    api.requireSound();
    String disclosed =
        api.as("alder", api.claims())
            .get("/v1/claims/{id}/decisions/{decision}/disclosure", claim, approved.path("id"))
            .asString();
    for (String part : List.of("Zoë Anne " + NAME, at, signer, proposal)) {
      assertTrue(disclosed.contains(part), disclosed);
    }
  }

  @Test
  void whoseNameNobodyKnowsDoesNotSign() {
    String claim = submit();
    String approval = approval(propose(claim).path("id"));
    String nobody =
        admin.addPerson("alder-nobody", "adjudicator", Map.of("firstName", "", "lastName", ""));
    admin.join("alder", nobody);
    refused(api.fresh("alder-nobody", api.claims()), claim, approval, "no-printed-name");
    admin.removePerson(nobody);
    assertEquals("proposed", api.claim("alder", claim).getString("state"));
  }

  /// By somebody with the password of the database, who takes it from one decision to another.
  @Test
  @Tag("part11/11.70")
  void aNameUnderADecisionIsNotExchanged() {
    List<String> signed = List.of(approved(), approved());
    Database claims = Database.of(api.stack(), "claims");
    exchangeNames(claims, signed);
    List<Map<String, String>> differences = api.audit(api.claims()).getList("differences");
    assertEquals(
        Set.copyOf(signed),
        differences.stream()
            .filter(each -> "signer_name".equals(each.get("field")))
            .map(each -> each.get("row"))
            .collect(Collectors.toSet()),
        differences::toString);
    exchangeNames(claims, signed);
    api.requireSound();
  }

  private static void exchangeNames(Database claims, List<String> decisions) {
    int changed =
        claims.execute(
            """
            update decision d set signer_name = other.signer_name from decision other
            where d.id in ('%1$s', '%2$s') and other.id in ('%1$s', '%2$s') and other.id <> d.id
            """
                .formatted(decisions.getFirst(), decisions.getLast()));
    assertEquals(2, changed);
  }

  /// A decision that the second person signed.
  private String approved() {
    String claim = submit();
    String proposal = propose(claim).path("id");
    Response approved = decide(api.fresh(SECOND, api.claims()), claim, approval(proposal));
    approved.then().statusCode(201);
    api.awaitAnchored();
    return approved.path("id");
  }

  private String submit() {
    return api.submit("alder", Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), MUCH))
        .path("id");
  }

  private Response propose(String claim) {
    Response proposed = decide(api.as("alder-adjudicator", api.claims()), claim, PAY);
    proposed.then().statusCode(201).body("outcome", equalTo("proposed"));
    return proposed;
  }

  private static String approval(String proposal) {
    return "{\"approve\": \"%s\"}".formatted(proposal);
  }

  private static void refused(RequestSpecification as, String claim, String approval, String code) {
    decide(as, claim, approval).then().body("code", equalTo(code));
  }

  private static Response decide(RequestSpecification as, String claim, String body) {
    return as.contentType(ContentType.JSON).body(body).post("/v1/claims/{id}/decisions", claim);
  }
}
