package dev.indelible.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.indelible.local.Service;
import dev.indelible.local.testing.Api;
import dev.indelible.local.testing.Samples;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Between the processes of a deployment with the TLS of the prod overlay.
@Tag("asvs-5.0/12.3.2")
@Tag("asvs-5.0/12.3.3")
@Tag("asvs-5.0/12.3.4")
@Tag("hipaa/164.312.e.1")
@Tag("hipaa/164.312.e.2.i")
class ServiceTlsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path scratch;

  private static ProdTls tls;

  @BeforeAll
  static void start() throws IOException {
    tls = new ProdTls(scratch);
  }

  @AfterAll
  static void end() {
    tls.close();
  }

  /// From the caller to the ledger process that writes, with a token that the realm's keys opened:
  /// every step of it is HTTPS. Whoever stands in for a ledger is shown nothing on the way.
  @Test
  void aClaimIsWitnessedAndImpostorsHearNothing() throws Exception {
    HttpsCaller claims = tls.caller("claims-service", tls.claims());
    String token = tls.tokenOf("alder");
    HttpResponse<String> accepted =
        claims.send(
            claims
                .request("/v1/claims")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(claim())));
    assertEquals(202, accepted.statusCode(), accepted.body());
    String id = JSON.readTree(accepted.body()).path("id").asText();

    Api.await("claim witnessed", () -> "WITNESSED".equals(anchor(claims, id, token)));

    assertTrue(tls.writes(tls.writer()));
    assertFalse(tls.writes(tls.standby()), "it had to forward");
    for (Impostor impostor : tls.impostors()) {
      assertTrue(impostor.came() > 0, "it was called");
      assertEquals(0, impostor.spoke());
    }
  }

  @Test
  void databasesSpeakTlsAndNothingElse() {
    assertTrue(
        tls.logins(true).containsAll(Set.of("keycloak", "claims_service", "ledger_service")),
        () -> tls.logins(true).toString());
    assertEquals(Set.of(), tls.logins(false));
  }

  @Test
  void plainHttpIsRefused() {
    assertThrows(
        ConnectException.class,
        () -> new Socket(InetAddress.getLoopbackAddress(), tls.plainPort()).close());
    for (Service service : List.of(tls.writer(), tls.standby(), tls.claims())) {
      assertThrows(IOException.class, () -> plain(service.url()), service.name());
      assertThrows(
          IOException.class, () -> plain(service.managementUrl() + "/q/health"), service.name());
    }
  }

  /// RFC 6797: where there is TLS, it is told that there has to be.
  @Test
  void everyAnswerDemandsTls() throws Exception {
    Map<String, HttpsCaller> callers =
        Map.of(
            "/v1/claims", tls.caller("claims-service", tls.claims()),
            "/", tls.caller("ledger-service", tls.writer()));
    for (var each : callers.entrySet()) {
      HttpResponse<String> answer = each.getValue().send(each.getValue().request(each.getKey()));
      assertEquals(
          List.of("max-age=31536000; includeSubDomains"),
          answer.headers().allValues("Strict-Transport-Security"),
          each.getKey());
    }
  }

  /// Without a restart, to callers and to operators. Connections that begin in the moment of the
  /// exchange may be cut.
  @Test
  void aRenewedCertificateIsShownAndStillNobodyGetsHttp2() {
    List<HttpsCaller> callers =
        List.of(
            tls.caller("ledger-service", tls.standby()),
            tls.operator("ledger-service", tls.standby()));
    Map<HttpsCaller, HttpsCaller.Shown> before = new HashMap<>();
    for (HttpsCaller caller : callers) {
      Api.await("a certificate", () -> shown(caller, before));
    }

    tls.renew("ledger-service-tls");

    for (HttpsCaller caller : callers) {
      Map<HttpsCaller, HttpsCaller.Shown> after = new HashMap<>();
      String old = before.get(caller).serial();
      Api.await("a new one", () -> shown(caller, after) && !old.equals(after.get(caller).serial()));
      assertEquals("", before.get(caller).applicationProtocol());
      assertEquals("", after.get(caller).applicationProtocol());
    }
  }

  private static boolean shown(HttpsCaller caller, Map<HttpsCaller, HttpsCaller.Shown> to) {
    try {
      to.put(caller, caller.handshake());
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  private static String claim() {
    return Samples.claim(Samples.fresh("CLM"), Samples.fresh("TEST"), 64_000);
  }

  private static String anchor(HttpsCaller claims, String id, String token) {
    try {
      HttpResponse<String> answer =
          claims.send(
              claims.request("/v1/claims/" + id).header("Authorization", "Bearer " + token));
      assertEquals(200, answer.statusCode(), answer.body());
      return JSON.readTree(answer.body()).at("/anchor/status").asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void plain(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
      var _ = client.send(request, BodyHandlers.discarding());
    }
  }
}
