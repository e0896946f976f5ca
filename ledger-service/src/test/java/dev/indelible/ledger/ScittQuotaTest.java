package dev.indelible.ledger;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.indelible.ledger.testing.Entries;
import dev.indelible.ledger.testing.LedgerFiles;
import dev.indelible.ledger.testing.TestTokens;
import dev.indelible.local.testing.RealPostgres;
import dev.indelible.transparency.cose.ConciseProblem;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An organisation whose quota is used up, as SCRAPI says it.
@Tag("asvs-5.0/2.4.1")
@QuarkusTest
@TestProfile(ScittQuotaTest.Nothing.class)
@WithTestResource(
    value = RealPostgres.class,
    initArgs = @ResourceArg(name = "database", value = "ledger"))
@WithTestResource(LedgerFiles.class)
@WithTestResource(TestTokens.class)
class ScittQuotaTest {
  /// Nobody may submit anything.
  public static final class Nothing implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("indelible.ledger.quota-per-second", "0");
    }
  }

  @Test
  void whoeverSubmitsTooMuchIsToldWhenToComeAgain() {
    Response answer =
        given()
            .auth()
            .oauth2(TestTokens.of("log-writer"))
            .contentType("application/cose")
            .body(Entries.random().bytes())
            .post("/scitt/claims/entries");
    assertEquals(429, answer.statusCode());
    assertEquals("1", answer.header("Retry-After"));
    assertEquals(ConciseProblem.MEDIA_TYPE, answer.contentType());
    assertEquals("quota-exceeded", ConciseProblem.parse(answer.asByteArray()).code());
  }
}
