package dev.indelible.e2e;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.indelible.local.Tokens;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import dev.indelible.transparency.canonical.JsonReader;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is grave is done with a passkey shown a moment ago, at a real Keycloak: neither a password
/// nor a machine's key is enough. That the same acts succeed with one is shown by [Scenario], which
/// holds, releases and erases, and by the matrix for everything in `access.csv`.
@Tag("asvs-5.0/10.3.4")
@Tag("part11/11.200")
@Tag("hipaa/164.312.d")
class GraveActsTest {
  private static final String OVERRIDE =
      "{\"outcome\":\"denied\",\"reason\":\"seen both\",\"overrideAlert\":true}";

  private static final Api API = new Api(SharedStack.get());
  private static final AccessTable TABLE = AccessTable.read();

  @Test
  void everyGraveActAsksForAPasskeyInTheWordsOfTheStandard() {
    List<Operation> grave = Operation.all(API).stream().filter(TABLE::isGrave).toList();
    assertEquals(TABLE.grave().size(), grave.size());
    Tokens tokens = API.stack().tokens();
    for (Operation operation : grave) {
      AccessTable.Granted granted = (AccessTable.Granted) TABLE.of(operation);
      for (Caller caller : Caller.values()) {
        if (granted.roles().containsKey(caller.role())) {
          String token = caller.token(tokens, false).orElseThrow();
          challenged(operation, Map.of("Authorization", "Bearer " + token));
        }
      }
    }
  }

  /// The agency's system has the auditor's role, and an insurer's may submit claims.
  @Test
  void machinesAreAskedForWhatTheyDoNotHave() {
    List<Operation> all = Operation.all(API);
    for (Operation operation : all.stream().filter(TABLE::isGrave).toList()) {
      AccessTable.Granted granted = (AccessTable.Granted) TABLE.of(operation);
      if (granted.roles().containsKey("auditor")) {
        challenged(operation, machine("agency-system", operation));
      }
      if (granted.roles().containsKey("claim-submitter")) {
        challenged(operation, machine("alder-system", operation));
      }
    }
  }

  private static Map<String, String> machine(String client, Operation operation) {
    URI uri = URI.create(operation.process().url() + Records.ABSENT.fill(operation.path()));
    return API.stack()
        .tokens()
        .ofMachine(client, Set.of())
        .headers(operation.method(), uri, Clock.systemUTC().instant());
  }

  private static void challenged(Operation operation, Map<String, String> headers) {
    Response answer =
        Api.anyone(operation.process())
            .headers(headers)
            .contentType(ContentType.JSON)
            .body("{}")
            .request(operation.method(), Records.ABSENT.fill(operation.path()));
    assertEquals(401, answer.statusCode(), operation + " " + answer.asString());
    assertEquals(
        "Bearer error=\"insufficient_user_authentication\", acr_values=\"3\", max_age=\"300\"",
        answer.header("WWW-Authenticate"),
        operation::toString);
  }

  /// Two insurers pay for the same thing on the same day: one of them decides all the same.
  @Test
  void anAlertIsOverriddenWithAPasskey() {
    String member = Samples.fresh("TEST");
    String mine = submit("alder", member);
    submit("birch", member);
    Api.await("an alert for " + mine, () -> alerts().contains(mine));

    decide(API.stack().tokens().ofUser("alder-adjudicator"), mine)
        .then()
        .statusCode(401)
        .body("code", equalTo("insufficient-user-authentication"));
    assertEquals("held", API.claim("alder", mine).getString("state"));
    decide(API.stack().tokens().fresh("alder-adjudicator"), mine)
        .then()
        .statusCode(201)
        .body("alertOverridden", equalTo(true));
  }

  /// The realm's tokens tell sign-ins apart, also those of one second: they name their session.
  @Test
  void oneSignInCarriesOneAct() {
    String first = submit("alder", Samples.fresh("TEST"));
    String second = submit("alder", Samples.fresh("TEST"));
    Tokens tokens = API.stack().tokens();
    String once = tokens.fresh("auditor");
    String again = tokens.fresh("auditor");
    assertNotEquals(session(once), session(again));
    hold(once, first).then().statusCode(200);
    hold(once, second)
        .then()
        .statusCode(401)
        .body("code", equalTo("authentication-spent"))
        .header("WWW-Authenticate", containsString("max_age=\"0\""));
    hold(again, second).then().statusCode(200);
  }

  private static String session(String token) {
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    return JsonReader.readObject(claims).findString("sid").orElseThrow();
  }

  private static Response hold(String token, String claim) {
    return Api.anyone(API.claims())
        .auth()
        .oauth2(token)
        .contentType(ContentType.JSON)
        .body("{\"reason\":\"litigation\"}")
        .put("/v1/claims/{id}/hold", claim);
  }

  private static Response decide(String token, String claim) {
    return Api.anyone(API.claims())
        .auth()
        .oauth2(token)
        .contentType(ContentType.JSON)
        .body(OVERRIDE)
        .post("/v1/claims/{id}/decisions", claim);
  }

  private static String submit(String insurer, String member) {
    return API.submit(insurer, Samples.claim(Samples.fresh("CLM"), member, 64_000))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static String alerts() {
    String all = "";
    String cursor = "";
    do {
      Response page = API.as("alder", API.claims()).get("/v1/match-alerts?limit=200" + cursor);
      all += page.asString();
      String next = page.jsonPath().getString("next");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return all;
  }
}
