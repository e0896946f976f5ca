package dev.indelible.anchoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.indelible.local.testing.FakeLedgerResource;
import dev.indelible.local.testing.RealPostgres;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// With the access that services have, and a fake identity provider.
@QuarkusTest
@TestProfile(ServiceTokenTest.RealAccess.class)
@WithTestResource(RealPostgres.class)
@WithTestResource(FakeLedgerResource.class)
class ServiceTokenTest {
  public static final class RealAccess implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.arc.exclude-types", "dev.indelible.anchoring.fake.TestAccess",
          "quarkus.oidc-client.enabled", "true",
          "quarkus.oidc-client.client-id", "things-service",
          "quarkus.oidc-client.credentials.secret", "secret");
    }
  }

  @Inject LedgerAccess access;
  @Inject Stand stand;

  @Test
  void keepsItsTokenUntilItIsRefusedAndSurvivesAnIdentityProviderThatIsDown() throws Exception {
    stand.reset();
    stand.ledger("mode/down");
    access.refused();
    assertThrows(LedgerUnavailableException.class, access::bearer);
    UUID id = stand.submit("chair");
    stand.ledger("mode/ok");
    stand.await(id, AnchorStatus.INCLUDED);
    String token = access.bearer();
    assertEquals(token, access.bearer());
    access.refused();
    assertEquals(number(token) + 1, number(access.bearer()));
    stand.assertMatches();
  }

  private static int number(String token) {
    return Integer.parseInt(token.substring("token-".length()));
  }
}
