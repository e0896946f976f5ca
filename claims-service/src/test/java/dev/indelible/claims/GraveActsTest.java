package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.anchoring.AnchorMatched;
import dev.indelible.anchoring.Match;
import dev.indelible.anchoring.scope.RowScope;
import dev.indelible.claims.ServiceUnderTest.Surroundings;
import dev.indelible.kit.identity.Authentication;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.ExpiredRows;
import dev.indelible.kit.identity.SpentAuthentications;
import dev.indelible.kit.problem.Rejection;
import dev.indelible.transparency.Hash;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Holds, erasures and overridden alerts are for people who have shown a passkey a moment ago.
@Tag("asvs-5.0/10.3.4")
@Tag("part11/11.200")
@QuarkusTest
@Surroundings
class GraveActsTest {
  private static final String HOLD = "{\"reason\":\"litigation\"}";
  private static final String ERASE = "{\"basis\":\"gdpr-17-1-a\"}";
  private static final String OVERRIDE =
      "{\"outcome\":\"denied\",\"reason\":\"seen both\",\"overrideAlert\":true}";

  /// What the tokens of everybody else say: a machine's, a password's, a passkey's of this morning,
  /// one of five minutes and a bit, and a level that the realm does not have.
  private static final List<Map<String, Object>> TOO_WEAK =
      List.of(
          Map.of(),
          Tokens.authenticated("1", Duration.ZERO),
          Tokens.authenticated("2", Duration.ZERO),
          Tokens.authenticated("3", Duration.ofSeconds(302)),
          Tokens.authenticated("33", Duration.ZERO),
          Map.of("acr", "3"));

  @Inject Event<AnchorMatched> ledger;
  @Inject ExpiredRows expired;
  @Inject SpentAuthentications spent;

  @Test
  void aHoldIsPlacedAndReleasedByAPersonWithAPasskey() {
    String path = "/v1/claims/" + submitted("G-HOLD") + "/hold";
    everybodyElseIsAsked("agency", "auditor", as -> as.body(HOLD).put(path));
    fresh("agency", "auditor").body(HOLD).put(path).then().statusCode(200);
    everybodyElseIsAsked("agency", "auditor", as -> as.body(HOLD).delete(path));
    fresh("agency", "auditor").body(HOLD).delete(path).then().statusCode(204);
  }

  @Test
  void anErasureIsAskedForByAPersonWithAPasskey() {
    String id = submitted("G-ERASE");
    String path = "/v1/claims/" + id + "/erasure";
    everybodyElseIsAsked("elm", "claim-submitter", as -> as.body(ERASE).post(path));
    fresh("elm", "claim-submitter").get(path).then().statusCode(404);
    fresh("elm", "claim-submitter").body(ERASE).post(path).then().statusCode(202);
  }

  @Test
  void onlyADecisionThatOverridesAnAlertNeedsAPasskey() {
    String id = submitted("G-OVERRIDE");
    String path = "/v1/claims/" + id + "/decisions";
    // The same for less is another claim, and may be a duplicate.
    matched(id, submit(Samples.claim("G-CHEAPER", "M-G-OVERRIDE").replace("64000", "63900")));
    everybodyElseIsAsked("elm", "adjudicator", as -> as.body(OVERRIDE).post(path));
    String pended = "{\"outcome\":\"pended\",\"reason\":\"to be read\"}";
    as("elm", "adjudicator", Tokens.authenticated("1", Duration.ZERO))
        .body(pended)
        .post(path)
        .then()
        .statusCode(201)
        .body("alertOverridden", equalTo(false));
    Map<String, Object> once = Tokens.authenticated("3", Duration.ZERO);
    as("elm", "adjudicator", once)
        .body(OVERRIDE)
        .post(path)
        .then()
        .statusCode(201)
        .body("alertOverridden", equalTo(true));
    Map<String, Long> before = Rows.counts();
    as("elm", "adjudicator", once)
        .body(OVERRIDE)
        .post(path)
        .then()
        .statusCode(401)
        .body("code", equalTo("authentication-spent"));
    assertEquals(before, Rows.counts());
    as("elm", "adjudicator", once).body(pended).post(path).then().statusCode(201);
  }

  @Test
  void oneSignInCarriesOneAct() {
    String first = submitted("G-ONE");
    String second = submitted("G-TWO");
    Map<String, Object> once = Tokens.authenticated("3", Duration.ZERO);
    hold(first, once).then().statusCode(200);
    Map<String, Long> before = Rows.counts();
    // Another token of the same sign-in is no other sign-in.
    for (Response refused :
        List.of(
            hold(second, once),
            as("agency", "auditor", once).body(HOLD).delete("/v1/claims/" + first + "/hold"))) {
      refused
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .body("code", equalTo("authentication-spent"))
          .body("detail", containsString("sign in again"))
          .header(
              "WWW-Authenticate",
              "Bearer error=\"insufficient_user_authentication\", acr_values=\"3\", max_age=\"0\"");
    }
    assertEquals(before, Rows.counts());
    hold(second, Tokens.authenticated("3", Duration.ZERO)).then().statusCode(200);
  }

  /// Two sessions in one second, and one session in two seconds: somebody signed in twice.
  @Test
  void signInsAreToldApart() {
    Map<String, Object> first = Tokens.authenticated("3", Duration.ofSeconds(9));
    Map<String, Object> second = new HashMap<>(first);
    second.put("sid", "another");
    Map<String, Object> third = new HashMap<>(first);
    third.compute("auth_time", (name, at) -> (Long) at + 1);
    for (Map<String, Object> signIn : List.of(first, second, third)) {
      hold(submitted("G-APART-" + UUID.randomUUID()), signIn).then().statusCode(200);
    }
  }

  @Test
  void ofManyActsAtOnceOneIsDone() throws Exception {
    List<String> claims = IntStream.range(0, 8).mapToObj(i -> submitted("G-RACE-" + i)).toList();
    Map<String, Object> once = Tokens.authenticated("3", Duration.ZERO);
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> acts =
          claims.stream()
              .<Callable<Integer>>map(claim -> () -> hold(claim, once).statusCode())
              .toList();
      for (Future<Integer> answer : threads.invokeAll(acts)) {
        answers.add(answer.get());
      }
    }
    assertEquals(
        List.of(200, 401, 401, 401, 401, 401, 401, 401), answers.stream().sorted().toList());
    String held =
        "select count(*) from hold_event h join claim c on c.record = h.record where c.id in ('%s')";
    assertEquals(List.of("1"), Rows.strings(held.formatted(String.join("','", claims))));
  }

  @Test
  void whatWasNotDoneSpendsNothing() {
    String held = submitted("G-HELD");
    hold(held, Tokens.authenticated("3", Duration.ZERO)).then().statusCode(200);
    Map<String, Object> once = Tokens.authenticated("3", Duration.ZERO);
    hold(held, once).then().statusCode(409);
    hold(UUID.randomUUID().toString(), once).then().statusCode(404);
    erase(held, once).then().statusCode(409);
    hold(submitted("G-NOT-HELD"), once).then().statusCode(200);
  }

  /// Who has not heard the answer asks again, and is told the same.
  @Test
  void askingAgainForAnErasureSpendsNothing() {
    String claim = submitted("G-AGAIN");
    Map<String, Object> once = Tokens.authenticated("3", Duration.ZERO);
    erase(claim, once).then().statusCode(202);
    erase(claim, once).then().statusCode(202);
    erase(submitted("G-NOT-AGAIN"), once).then().statusCode(401);
    Map<String, Object> later = Tokens.authenticated("3", Duration.ZERO);
    erase(claim, later).then().statusCode(202);
    erase(submitted("G-LATER"), later).then().statusCode(202);
  }

  /// A minute after the last moment at which it would be fresh.
  @Test
  void whatIsTooOldToBeSpentAgainIsForgotten() throws SQLException {
    Map<String, Object> once = Tokens.authenticated("3", Duration.ofSeconds(123));
    String row =
        "spent_authentication where extract(epoch from until) = "
            + ((Long) once.get("auth_time") + 360);
    hold(submitted("G-OLD"), once).then().statusCode(200);
    assertEquals(List.of("1"), Rows.strings("select count(*) from " + row));
    var ignored = expired.sweep();
    assertEquals(List.of("1"), Rows.strings("select count(*) from " + row));
    String ids = "'" + Rows.strings("select encode(id, 'hex') from " + row).getFirst() + "'";
    assertEquals(
        1,
        Rows.update(
            "update spent_authentication set until = until - interval '6 minutes'"
                + " where encode(id, 'hex') = "
                + ids));
    ignored = expired.sweep();
    assertEquals(
        List.of("0"),
        Rows.strings("select count(*) from spent_authentication where encode(id, 'hex') = " + ids));
  }

  @Test
  void itIsSpentWithItsTransactionOrNotAtAll() {
    var shown =
        new Authentication.Shown(
            TestTime.now(), Hash.sha256(UUID.randomUUID().toString().getBytes(UTF_8)));
    var authentication = new Authentication(Optional.of("3"), Optional.of(shown));
    var caller = new Caller("odo", Optional.empty(), Set.of(), Optional.empty(), authentication);
    assertThrows(IllegalStateException.class, () -> spent.spend(caller));
    QuarkusTransaction.begin();
    spent.spend(caller);
    QuarkusTransaction.rollback();
    QuarkusTransaction.requiringNew().run(() -> spent.spend(caller));
    assertThrows(
        Rejection.class, () -> QuarkusTransaction.requiringNew().run(() -> spent.spend(caller)));
  }

  private static Response hold(String claim, Map<String, Object> authentication) {
    return as("agency", "auditor", authentication).body(HOLD).put("/v1/claims/" + claim + "/hold");
  }

  private static Response erase(String claim, Map<String, Object> authentication) {
    return as("elm", "claim-submitter", authentication)
        .body(ERASE)
        .post("/v1/claims/" + claim + "/erasure");
  }

  private interface Call {
    Response by(RequestSpecification caller);
  }

  private static void everybodyElseIsAsked(String organisation, String role, Call call) {
    Map<String, Long> before = Rows.counts();
    for (Map<String, Object> authentication : TOO_WEAK) {
      call.by(as(organisation, role, authentication))
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .body("code", equalTo("insufficient-user-authentication"))
          .header(
              "WWW-Authenticate",
              "Bearer error=\"insufficient_user_authentication\", acr_values=\"3\", max_age=\"300\"");
    }
    assertEquals(before, Rows.counts());
  }

  private static RequestSpecification fresh(String organisation, String role) {
    return as(organisation, role, Tokens.authenticated("3", Duration.ZERO));
  }

  private static RequestSpecification as(
      String organisation, String role, Map<String, Object> authentication) {
    String token = Tokens.token("claims-service", List.of(organisation), authentication, role);
    return given().auth().oauth2(token).contentType("application/json");
  }

  private static String submitted(String number) {
    return submit(Samples.claim(number, "M-" + number));
  }

  private static String submit(String claim) {
    return fresh("elm", "claim-submitter")
        .body(claim)
        .post("/v1/claims")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  /// Says what the relay says when the ledger's answer names a match.
  private void matched(String claim, String other) {
    String record = fresh("elm", "claim-submitter").get("/v1/claims/" + other).path("record");
    Match match = new Match("service-day-member", 0, UUID.fromString(record));
    boolean said =
        RowScope.all(
            () ->
                QuarkusTransaction.requiringNew()
                    .call(
                        () -> {
                          ledger.fire(new AnchorMatched(UUID.fromString(claim), List.of(match)));
                          return true;
                        }));
    assertTrue(said);
  }
}
