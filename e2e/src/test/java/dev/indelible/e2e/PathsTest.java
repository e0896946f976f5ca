package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is put in the place of a name, a number or a parameter.
@Tag("asvs-5.0/16.5.1")
class PathsTest {
  private static final Api API = new Api(SharedStack.get());

  /// Where each service looks something up by what the caller wrote, and as whom.
  private static final Map<String, String> LOOKUPS =
      Map.ofEntries(
          Map.entry("/v1/claims/%s", "alder"),
          Map.entry("/v1/claims/%s/receipt", "alder"),
          Map.entry("/v1/claims?cursor=%s", "alder"),
          Map.entry("/v1/claims?limit=%s", "alder"),
          Map.entry("/fhir/Claim/%s", "alder"),
          Map.entry("/fhir/AuditEvent/%s", "alder-privacy"),
          Map.entry("/fhir/AuditEvent?date=%s", "alder-privacy"),
          Map.entry("/fhir/AuditEvent?agent:identifier=%s", "alder-privacy"),
          Map.entry("/v1/protocols/%s", "sponsor"),
          Map.entry("/v1/protocols?registryId=%s", "sponsor"),
          Map.entry("/v1/protocols/NCT00000001/versions/%s", "sponsor"),
          Map.entry("/v1/public/protocols/%s", "sponsor"),
          Map.entry("/logs/%s/checkpoint", "auditor"),
          Map.entry("/logs/claims/tile/0/%s", "auditor"),
          Map.entry("/logs/claims/tile/entries/%s", "auditor"),
          Map.entry("/v1/logs/%s/blocks", "auditor"),
          Map.entry("/v1/logs/claims/entries/%s/receipt", "auditor"),
          Map.entry("/v1/logs/claims/entries/0/receipt.cose?alg=%s", "auditor"),
          Map.entry("/scitt/claims/entries/%s", "auditor"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%00",
        "a%00b",
        "%01",
        "%0d%0aSet-Cookie:%20a=b",
        "%1b%5b2J",
        "%7f",
        "%ff%fe",
        "%c0%ae%c0%ae",
        "%ed%a0%80",
        "%",
        "%zz",
        "..",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%5c..%5cwindows",
        "..;/..;/etc/passwd",
        "a;jsessionid=1",
        "'%20or%20'1'='1",
        "1%20union%20select%201",
        "%24%7bjndi:ldap://localhost/a%7d",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        // A cursor as ours are, but for a NUL in it.
        "AHwwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDA",
        "-1",
        "99999999999999999999",
        "00000000-0000-4000-8000-000000000000"
      })
  void nothingIsFoundByIt(String name) {
    LOOKUPS.forEach(
        (template, user) -> {
          String path = template.formatted(name);
          RawHttp answer = get(path, user);
          if (answer.status() >= 400 || !path.contains("?")) {
            assertTrue(List.of(400, 404, 405).contains(answer.status()), path + answer.text());
            Reticence.require(answer);
            assertFalse(answer.text().contains("<script>"), answer::text);
          }
          assertEquals("", answer.header("Set-Cookie"), path);
        });
  }

  private static RawHttp get(String path, String user) {
    String token = API.stack().tokens().ofUser(user);
    String headers = "Host: a\r\nConnection: close\r\nAuthorization: Bearer " + token;
    return RawHttp.send(service(path), "GET " + path + " HTTP/1.1\r\n" + headers + "\r\n\r\n");
  }

  @Test
  void headersHaveAnEnd() {
    for (Service service : List.of(API.claims(), API.trials(), API.stack().ledger())) {
      String line = "GET /v1/claims HTTP/1.1\r\nHost: a\r\n";
      RawHttp large = RawHttp.send(service, line + "X-Y: " + "z".repeat(100_000) + "\r\n\r\n");
      assertTrue(List.of(400, 431).contains(large.status()), large::text);
      RawHttp many = RawHttp.send(service, line + "X-Y: z\r\n".repeat(20_000) + "\r\n");
      assertTrue(List.of(400, 431).contains(many.status()), many::text);
      RawHttp target =
          RawHttp.send(service, "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(List.of(400, 414).contains(target.status()), target::text);
      List.of(large, many, target).forEach(answer -> assertTrue(answer.closed(), answer::text));
    }
  }

  /// Whether a record exists is not to be seen from an answer to somebody who may not read it.
  @Test
  void absentAndForeignLookTheSame() {
    String id =
        API.submit("alder", Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000))
            .jsonPath()
            .getString("id");
    String absent = "00000000-0000-4000-8000-000000000000";
    for (String template :
        List.of(
            "/v1/claims/%s",
            "/v1/claims/%s/receipt", "/v1/claims/%s/disclosure", "/fhir/Claim/%s")) {
      Response foreign = API.as("birch", API.claims()).get(template.formatted(id));
      Response nowhere = API.as("birch", API.claims()).get(template.formatted(absent));
      assertEquals(404, foreign.statusCode());
      assertEquals(
          nowhere.statusLine() + nowhere.asString(), foreign.statusLine() + foreign.asString());
      assertEquals(nowhere.headers().asList().size(), foreign.headers().asList().size());
    }
  }

  private static Service service(String path) {
    if (path.startsWith("/v1/claims") || path.startsWith("/fhir")) {
      return API.claims();
    }
    boolean trials = path.startsWith("/v1/protocols") || path.startsWith("/v1/public");
    return trials ? API.trials() : API.stack().ledger();
  }
}
