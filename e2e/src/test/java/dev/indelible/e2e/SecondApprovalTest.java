package dev.indelible.e2e;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
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
  private static final long MUCH = 9_000_000;

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
    String claim =
        api.submit("alder", Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), MUCH))
            .path("id");
    String pay =
        """
        {"outcome": "paid", "reason": "seen",
         "lines": [{"sequence": 1, "allowedMinor": %1$d, "paidMinor": %1$d}]}
        """
            .formatted(MUCH);
    Response proposed = decide(api.as("alder-adjudicator", api.claims()), claim, pay);
    proposed.then().statusCode(201).body("outcome", equalTo("proposed"));
    String approval = "{\"approve\": \"%s\"}".formatted(proposed.<String>path("id"));

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

  private static void refused(RequestSpecification as, String claim, String approval, String code) {
    decide(as, claim, approval).then().body("code", equalTo(code));
  }

  private static Response decide(RequestSpecification as, String claim, String body) {
    return as.contentType(ContentType.JSON).body(body).post("/v1/claims/{id}/decisions", claim);
  }
}
