package dev.indelible.trials.protocol;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.trials.Api;
import dev.indelible.trials.Samples;
import dev.indelible.trials.Tokens;
import dev.indelible.trials.TrialsTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@TrialsTest
class RegistrationTest {
  @Test
  void registersAndReadsBackWhatWasSent() {
    String nct = Samples.freshNct();
    Map<String, Object> sent = Samples.protocol(nct);
    String location = Api.register(sent).getHeader("Location");
    Api.get(Tokens.cardia(), location)
        .statusCode(200)
        .body("latest.content", equalTo(sent))
        .body("latest.number", equalTo(1))
        .body("anchor.status", equalTo("PENDING"))
        .body("latest.id", notNullValue());
    Api.get(Tokens.cardia(), "/v1/protocols?registryId=" + nct.toLowerCase())
        .statusCode(200)
        .body("items[0].latest.content", equalTo(sent));
    Api.get(Tokens.cardia(), location + "/versions")
        .statusCode(200)
        .body("items.size()", equalTo(1));
  }

  @Test
  void nobodyTakesAPublicRegistrationBack() {
    String location = Api.register(Samples.protocol(Samples.freshNct())).getHeader("Location");
    Api.post(Tokens.cardia(), location + "/erasure", Map.of("basis", "gdpr-17-1-a"))
        .statusCode(409)
        .body("code", equalTo("public-record"));
    Api.get(Tokens.cardia(), location).statusCode(200);
  }

  @Test
  void htmlEntitiesAndMonthsStayAsTheyWereSent() {
    Map<String, Object> sent = Samples.protocol(Samples.freshNct());
    sent.put("publicTitle", "Less than 5 &lt; 10 &amp; \\<b>more\\</b> ½ 日本");
    sent.put("startDate", Map.of("date", "2024-03", "type", "ACTUAL"));
    Api.get(Tokens.cardia(), Api.register(sent).getHeader("Location"))
        .body("latest.content.publicTitle", equalTo(sent.get("publicTitle")))
        .body("latest.content.startDate.date", equalTo("2024-03"));
  }

  @Test
  void refusesASecondRegistrationInAnySpellingAndByAnyone() {
    String nct = Samples.freshNct();
    Api.register(Samples.protocol(nct));
    for (String spelling :
        List.of(nct, nct.toLowerCase(), " " + nct + " ", "NCT " + nct.substring(3))) {
      for (String token : List.of(Tokens.cardia(), Tokens.other())) {
        Api.post(token, "/v1/protocols", Samples.protocol(spelling))
            .statusCode(409)
            .body("code", equalTo("duplicate-trial"))
            .body("registryId", equalTo(nct))
            .body("link", equalTo("/v1/public/protocols/" + nct))
            .body("keySet()", not(hasItem("organisation")));
      }
    }
  }

  @Test
  void theCountryCopiesOfAnEudraCtNumberAreOneTrial() {
    Map<String, Object> german = Samples.protocol(Samples.freshNct());
    german.put("registryIds", List.of(Map.of("system", "EUDRACT", "value", "2017-001894-41-DE")));
    Api.register(german);
    Map<String, Object> french = Samples.protocol(Samples.freshNct());
    french.put("registryIds", List.of(Map.of("system", "EUDRACT", "value", "2017–001894–41-FR")));
    Api.post(Tokens.other(), "/v1/protocols", french)
        .statusCode(409)
        .body("registryId", equalTo("2017-001894-41"));
  }

  @Test
  void ofManyAtOnceOneWins() throws Exception {
    String nct = Samples.freshNct();
    Map<String, Object> protocol = Samples.protocol(nct);
    String token = Tokens.cardia();
    Callable<Integer> attempt =
        () -> Api.post(token, "/v1/protocols", protocol).extract().statusCode();
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      List<Future<Integer>> answers =
          threads.invokeAll(IntStream.range(0, 32).mapToObj(i -> attempt).toList());
      int accepted = 0;
      for (Future<Integer> answer : answers) {
        int status = answer.get();
        accepted += status == 202 ? 1 : 0;
        assertEquals(status == 202 ? 202 : 409, status);
      }
      assertEquals(1, accepted);
    }
    Api.get(Tokens.cardia(), "/v1/protocols/" + nct + "/versions").body("items.size()", equalTo(1));
  }

  @Test
  void anotherOrganisationsProtocolLooksAbsent() {
    String nct = Samples.freshNct();
    String location = Api.register(Samples.protocol(nct)).getHeader("Location");
    for (String path :
        List.of(
            "",
            "/versions",
            "/versions/1",
            "/versions/1/receipt",
            "/versions/1/disclosure",
            "/findings",
            "/results")) {
      Api.get(Tokens.other(), location + path).statusCode(404).body("code", equalTo("not-found"));
    }
    Api.post(
            Tokens.other(),
            location + "/amendments",
            Samples.amendment(1, Samples.protocol(nct), "walk"))
        .statusCode(404);
    Api.get(Tokens.other(), "/v1/protocols")
        .body("items.latest.organisation", not(hasItem("cardia")));
    Api.get(Tokens.auditor(), location).statusCode(403);
    Api.get(Tokens.regulator(), location).statusCode(200);
    Api.get(Tokens.regulator(), location + "/versions/1/disclosure")
        .statusCode(200)
        .body("format", equalTo("indelible/disclosure/v1"));
    Api.get(Tokens.regulator(), location + "/versions/1/receipt")
        .statusCode(404)
        .body("code", equalTo("not-anchored-yet"));
  }

  @Test
  void thePublicSeesHashesTimesAndFindingsWithoutAToken() {
    String nct = Samples.freshNct();
    Api.register(Samples.protocol(nct));
    given()
        .get("/v1/public/protocols/" + nct)
        .then()
        .statusCode(200)
        .body("versions[0].number", equalTo(1))
        .body("versions[0].receivedAt", notNullValue())
        .body("versions[0].anchor.status", equalTo("PENDING"))
        .body("findings.size()", equalTo(0));
    given().get("/v1/public/protocols/NCT99999999").then().statusCode(404);
  }

  @Test
  void everyDoorNeedsItsRole() {
    given().get("/v1/protocols").then().statusCode(401);
    Api.get(Tokens.wrongAudience(), "/v1/protocols").statusCode(401);
    String submitter = Tokens.token("alder", List.of("alder"), "claim-submitter");
    Api.get(submitter, "/v1/protocols").statusCode(403);
    Map<String, Object> protocol = Samples.protocol(Samples.freshNct());
    Api.post(submitter, "/v1/protocols", protocol).statusCode(403);
    Api.post(Tokens.regulator(), "/v1/protocols", protocol).statusCode(403);
    Api.post(Tokens.token("x", List.of("a", "b"), "sponsor"), "/v1/protocols", protocol)
        .statusCode(403)
        .body("code", equalTo("no-organisation"));
  }
}
