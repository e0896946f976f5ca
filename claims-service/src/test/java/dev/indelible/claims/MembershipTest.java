package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.transparency.Hash;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a patient becomes somebody's member, and which claims are theirs then.
@Tag("asvs-5.0/8.2.2")
@Tag("asvs-5.0/8.2.3")
@Tag("hipaa/164.312.a.1")
@QuarkusTest
@ServiceUnderTest.Surroundings
class MembershipTest {
  private static final AtomicInteger DAY = new AtomicInteger();

  private final String patient = "patient-" + UUID.randomUUID();

  @Test
  void aPatientReadsTheirClaimsAtTheInsurerThatInvitedThem() {
    String member = fresh();
    String first = submit(Tokens.alder(), member);
    String atBirch = submit(Tokens.birch(), member);
    redeem(patient, invite(Tokens.alder(), member))
        .then()
        .statusCode(201)
        .body("member.organisation", equalTo("alder"))
        .body("member.value", equalTo(member));
    me(patient).get("/v1/me/memberships").then().body("member.value", contains(member));
    me(patient).get("/v1/me/claims").then().statusCode(200).body("items.id", contains(first));
    me(patient)
        .get("/v1/me/claims/" + first)
        .then()
        .statusCode(200)
        .body("insurer", equalTo("alder"))
        .body("state", equalTo("submitted"))
        .body("claim.lines[0].code.code", equalTo("E0601"))
        .body("alerts", nullValue());
    absent(patient, atBirch);
    // A claim that comes later is theirs too, and so is another insurer's once that one says so.
    String later = submit(Tokens.alder(), member);
    redeem(patient, invite(Tokens.birch(), member)).then().statusCode(201);
    me(patient).get("/v1/me/claims").then().body("items.id", contains(first, atBirch, later));
  }

  @Test
  void aPageEndsWhereTheNextBegins() {
    String member = fresh();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(submit(Tokens.alder(), member));
    }
    // Two codes for one member make no claim appear twice.
    redeem(patient, invite(Tokens.alder(), member)).then().statusCode(201);
    redeem(patient, invite(Tokens.alder(), member)).then().statusCode(201);
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Response page = me(patient).get("/v1/me/claims?limit=2" + cursor);
      seen.addAll(page.path("items.id"));
      cursor = page.path("next") == null ? null : "&cursor=" + page.path("next");
    } while (cursor != null);
    assertEquals(all, seen);
  }

  @Test
  void somebodyElsesClaimIsAnsweredLikeNone() {
    String member = fresh();
    String claim = submit(Tokens.alder(), member);
    redeem(patient, invite(Tokens.alder(), member)).then().statusCode(201);
    absent("patient-" + UUID.randomUUID(), claim);
    // The same value under another system, or without one, is another person.
    String other = "patient-" + UUID.randomUUID();
    redeem(other, invite(Tokens.alder(), "{\"value\":\"" + member + "\"}", 201))
        .then()
        .statusCode(201);
    absent(other, claim);
  }

  @Test
  void aCodeWorksOnceAndNobodyLearnsWhyItDoesNot() throws SQLException {
    String used = invite(Tokens.alder(), fresh());
    redeem(patient, used).then().statusCode(201);
    String expired = invite(Tokens.alder(), fresh());
    expire(expired);
    String refused = null;
    for (String code : List.of(used, expired, "AAAAAAAAAAAAAAAAAAAAAAAAAAA", "x")) {
      Response answer = redeem(patient, code);
      answer.then().statusCode(422).body("code", equalTo("invalid-invitation"));
      assertEquals(refused == null ? answer.asString() : refused, answer.asString());
      refused = answer.asString();
    }
  }

  /// Two texts that cannot be decrypted are not the same text.
  @Test
  void aMemberThatCannotBeDecryptedIsNobody() throws SQLException {
    String member = fresh();
    String claim = submit(Tokens.alder(), member);
    redeem(patient, invite(Tokens.alder(), member)).then().statusCode(201);
    String damage =
        "update %s set member_value = set_byte(member_value, 20, get_byte(member_value, 20) # 1) where %s";
    String membership = damage.formatted("membership", "subject = '" + patient + "'");
    assertEquals(1, Rows.update(membership));
    absent(patient, claim);
    assertEquals(1, Rows.update(damage.formatted("claim", "id = '" + claim + "'")));
    absent(patient, claim);
    assertEquals(1, Rows.update(membership));
    absent(patient, claim);
    assertEquals(1, Rows.update(damage.formatted("claim", "id = '" + claim + "'")));
    me(patient).get("/v1/me/claims/" + claim).then().statusCode(200);
  }

  /// Rows that come back from a copy, without their keys.
  @Test
  void anInvitationGoesWithItsKey() throws SQLException {
    String redeemed = invite(Tokens.alder(), fresh());
    String swept = invite(Tokens.alder(), fresh());
    Rows.update(
        "create table kept as select * from member_invitation where code_sha256 in ('\\x%s', '\\x%s')"
            .formatted(digest(redeemed), digest(swept)));
    String keys = "select id from record_key join kept using (id)";
    assertEquals(2, Rows.strings(keys).size());
    redeem(patient, redeemed).then().statusCode(201);
    assertEquals(1, Rows.strings(keys).size());
    expire(swept);
    var next = invite(Tokens.alder(), fresh());
    assertEquals(List.of(), Rows.strings(keys));
    assertEquals(2, Rows.update("insert into member_invitation select * from kept"));
    for (String code : List.of(redeemed, swept)) {
      redeem(patient, code).then().statusCode(422).body("code", equalTo("invalid-invitation"));
    }
    Rows.update("drop table kept");
    redeem(patient, next).then().statusCode(201);
  }

  private static void expire(String code) throws SQLException {
    assertEquals(
        1,
        Rows.update(
            "update member_invitation set expires_at = '2020-01-01T00:00:00.000000Z'"
                + " where code_sha256 = '\\x"
                + digest(code)
                + "'"));
  }

  @Test
  void ofManyWhoRedeemOneCodeAtOnceOneSucceeds() throws Exception {
    String code = invite(Tokens.alder(), fresh());
    List<Callable<Integer>> attempts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String subject = patient + i;
      attempts.add(() -> redeem(subject, code).statusCode());
    }
    List<Integer> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> answer : threads.invokeAll(attempts)) {
        answers.add(answer.get());
      }
    }
    assertEquals(1, Collections.frequency(answers, 201), answers::toString);
    assertEquals(7, Collections.frequency(answers, 422), answers::toString);
  }

  @Test
  void guessingEnds() {
    for (int i = 0; i < 10; i++) {
      redeem(patient, "guess-" + i).then().statusCode(422);
    }
    String code = invite(Tokens.alder(), fresh());
    redeem(patient, code).then().statusCode(429).body("code", equalTo("too-many-attempts"));
    // The code is none the worse for it, and others may try.
    redeem("patient-" + UUID.randomUUID(), code).then().statusCode(201);
  }

  @Test
  void theCodeIsLongAndStoredNowhere() {
    Response answer = invitation(Tokens.alder(), member(fresh()));
    answer.then().statusCode(201).body("expiresAt", notNullValue());
    String code = answer.path("code");
    assertTrue(Base64.getUrlDecoder().decode(code).length >= 16);
    for (String table : Rows.counts().keySet()) {
      List<String> rows = Rows.strings("select t::text from " + table + " t");
      assertFalse(rows.stream().anyMatch(row -> row.contains(code)), table);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"value\":\"\"}", "{\"value\":\" x\"}", "{\"value\":\"a\\u0000\"}"})
  void anInvitationNamesAMember(String member) {
    var before = Rows.counts();
    invitation(Tokens.alder(), member)
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("/member/value"));
    assertEquals(before, Rows.counts());
  }

  private static String digest(String code) {
    return Hash.sha256(code.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  private static String fresh() {
    return "M-" + UUID.randomUUID();
  }

  private static void absent(String patient, String claim) {
    Response refused = me(patient).get("/v1/me/claims/" + claim);
    refused.then().statusCode(404);
    assertEquals(
        me(patient).get("/v1/me/claims/" + UUID.randomUUID()).asString(), refused.asString());
  }

  /// A claim for a service on a day of its own, or it were a duplicate.
  static String submit(String token, String member) {
    String day = LocalDate.of(2026, 1, 1).plusDays(DAY.getAndIncrement()).toString();
    return as(token)
        .body(Samples.claim("CLM-" + UUID.randomUUID(), member).replace("2026-03-14", day))
        .post("/v1/claims")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static String member(String value) {
    return "{\"system\":\"http://members.example/person\",\"value\":\"" + value + "\"}";
  }

  /// Issues a code for one of the insurer's members.
  static String invite(String token, String member) {
    return invite(token, member(member), 201);
  }

  private static String invite(String token, String member, int status) {
    return invitation(token, member).then().statusCode(status).extract().path("code");
  }

  private static Response invitation(String token, String member) {
    return as(token).body("{\"member\":" + member + "}").post("/v1/members/invitations");
  }

  /// Redeems a code.
  static Response redeem(String patient, String code) {
    return me(patient).body("{\"code\":\"" + code + "\"}").post("/v1/me/memberships");
  }

  private static RequestSpecification me(String patient) {
    return as(Tokens.patient(patient));
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token).contentType("application/json");
  }
}
