package dev.indelible.claims;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong is named, and nothing of it is stored.
@QuarkusTest
@ServiceUnderTest.Surroundings
class BadInputTest {
  /// Each row replaces a piece of a good claim.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"use\":\"claim\"|\"use\":\"bill\"|/use",
        "\"use\":\"claim\",||/use",
        "\"type\":\"professional\"|\"type\":\"dental\"|/type",
        "\"claimNumber\"|\"claimNo\"|/claimNo",
        "\"lines\":[{\"sequence\":1,|\"lines\":[{\"sequence\":0,|/lines/0/sequence",
        "\"lines\":[{\"sequence\":1,|\"lines\":[{\"sequence\":\"1\",|/lines/0/sequence",
        "\"lines\":[{\"sequence\":1,|\"lines\":[{\"sequence\":1.5,|/lines/0/sequence",
        "\"code\":\"E0601\"|\"code\":\"\"|/lines/0/code/code",
        "\"code\":\"E0601\"|\"code\":\"E06\\u000001\"|/lines/0/code/code",
        "\"code\":\"E0601\"|\"code\":601|/lines/0/code/code",
        "\"modifiers\":[\"NU\"]|\"modifiers\":\"NU\"|/lines/0/modifiers",
        "\"modifiers\":[\"NU\"]|\"modifiers\":[\"N U\"]|/lines/0/modifiers/0",
        "\"serviced\":{\"from\":\"2026-03-14\"}|\"serviced\":{\"from\":\"2026-02-30\"}|/lines/0/serviced/from",
        "\"billablePeriod\":{\"from\":\"2026-03-14\"|\"billablePeriod\":{\"from\":\"2026-03-15\"|/billablePeriod",
        "\"quantity\":\"1\"|\"quantity\":\"1e3\"|/lines/0/quantity",
        "\"quantity\":\"1\"|\"quantity\":1|/lines/0/quantity",
        "\"netMinor\":64000|\"netMinor\":-1|/lines/0/netMinor",
        "\"netMinor\":64000|\"netMinor\":640.00|/lines/0/netMinor",
        "\"minor\":64000|\"minor\":1000000000000001|/total/minor",
        "\"currency\":\"EUR\"|\"currency\":\"EURO\"|/total/currency",
        "\"total\":{\"minor\":64000,\"currency\":\"EUR\"},||/lines/0/unitPriceMinor",
        "\"member\":{\"system\":\"http://members.example/person\",\"value\":\"M-BAD\"},||/member",
        "\"value\":\"M-BAD\"|\"value\":\" M-BAD\"|/member/value",
      })
  void namesTheElement(String good, String bad, String pointer) {
    String claim = Samples.claim("CLM-BAD", "M-BAD");
    String broken = claim.replace(good, bad == null ? "" : bad);
    assertEquals(false, broken.equals(claim), "the row changes nothing: " + good);
    Map<String, Long> before = Rows.counts();
    given()
        .auth()
        .oauth2(Tokens.alder())
        .contentType("application/json")
        .body(broken)
        .post("/v1/claims")
        .then()
        .log()
        .ifValidationFails()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations.field", hasItem(pointer));
    assertEquals(before, Rows.counts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"status\":\"active\",||Claim.status",
        "\"status\":\"active\"|\"status\":\"open\"|Claim.status",
        "\"status\":\"active\"|\"status\":\"cancelled\"|Claim.status",
        "\"use\":\"claim\",||Claim.use",
        "\"code\":\"professional\"|\"code\":\"dental\"|Claim.type",
        "\"created\":\"2026-03-15\"|\"created\":\"yesterday\"|Claim.created",
        "\"created\":\"2026-03-15\",||Claim.created",
        "\"priority\":{\"coding\":[{\"code\":\"normal\"}]},||Claim.priority",
        "\"focal\":true,||Claim.insurance[0].focal",
        "\"focal\":true|\"focal\":\"true\"|Claim.insurance[0].focal",
        "\"coverage\":{\"display\":\"Alder Basic\"}|\"coverage\":[]|Claim.insurance[0].coverage",
        "\"productOrService\"|\"product\"|Claim.item[0].product",
        "\"productOrService\"|\"product\"|Claim.item[0].productOrService",
        "\"code\":\"E0601\"|\"display\":\"E0601\"|Claim.item[0].productOrService",
        "\"item\":[{\"sequence\":1,|\"item\":[{|Claim.item[0].sequence",
        "\"item\":[{\"sequence\":1,|\"item\":[{\"sequence\":-1,|Claim.item[0].sequence",
        "\"item\":[|\"items\":[|Claim.items",
        "\"servicedDate\":\"2026-03-14\"|\"servicedDate\":\"2026-13-14\"|Claim.item[0].servicedDate",
        "\"quantity\":{\"value\":1}|\"quantity\":{\"value\":\"1\"}|Claim.item[0].quantity.value",
        "\"net\":{\"value\":640.00,\"currency\":\"EUR\"}|\"net\":{\"value\":640.001,\"currency\":\"EUR\"}|Claim.item[0].net.value",
        "\"net\":{\"value\":640.00,\"currency\":\"EUR\"}|\"net\":{\"value\":640.00,\"currency\":\"USD\"}|Claim.item[0].net.currency",
        "\"net\":{\"value\":640.00,\"currency\":\"EUR\"}|\"net\":{\"value\":640.00}|Claim.item[0].net.currency",
        "\"total\":{\"value\":640.00|\"total\":{\"value\":-640.00|Claim.total",
        "\"patient\":{\"identifier\":{|\"patient\":{\"modifierExtension\":[{}],\"identifier\":{|Claim.patient.modifierExtension",
        "\"resourceType\":\"Claim\"|\"resourceType\":\"Klaim\"|resourceType",
      })
  void namesTheFhirElement(String good, String bad, String path) {
    String claim = Samples.fhirClaim();
    String broken = claim.replace(good, bad == null ? "" : bad);
    assertEquals(false, broken.equals(claim), "the row changes nothing: " + good);
    Map<String, Long> before = Rows.counts();
    given()
        .auth()
        .oauth2(Tokens.alder())
        .contentType("application/fhir+json")
        .body(broken)
        .post("/fhir/Claim")
        .then()
        .log()
        .ifValidationFails()
        .statusCode(400)
        .contentType("application/fhir+json")
        .body("resourceType", equalTo("OperationOutcome"))
        .body("issue[0].details.coding[0].code", equalTo("invalid-claim"))
        .body("issue.expression.flatten()", hasItem(path));
    assertEquals(before, Rows.counts());
  }

  @ParameterizedTest
  @CsvSource({"/v1/claims,code", "/fhir/Claim,issue[0].details.coding[0].code"})
  void refusesWhatIsNotOneJsonValue(String path, String code) {
    Map<String, Long> before = Rows.counts();
    String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
    for (String body :
        new String[] {
          "",
          "{",
          "[1",
          "{}{}",
          "{\"use\":\"claim\",\"use\":\"claim\"}",
          "\uFEFF{}",
          deep,
          "{\"total\":99999999999999999999}",
          "{\"a\":\"\\ud800\"}"
        }) {
      given()
          .auth()
          .oauth2(Tokens.alder())
          .contentType("application/json")
          .body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
          .post(path)
          .then()
          .log()
          .ifValidationFails()
          .statusCode(400)
          .body(code, equalTo("malformed-body"));
    }
    assertEquals(before, Rows.counts());
  }
}
