package dev.indelible.kit.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

class CurrentCallerTest {
  @Test
  void takesExactlyOneOrganisation() {
    Optional<String> alder = Optional.of("alder");
    assertEquals(alder, CurrentCaller.single(List.of("alder")));
    assertEquals(alder, CurrentCaller.single(Map.of("alder", Map.of("id", "1"))));
    assertEquals(alder, CurrentCaller.single("alder"));
    assertEquals(Optional.empty(), CurrentCaller.single(List.of("alder", "birch")));
    assertEquals(Optional.empty(), CurrentCaller.single(Map.of("alder", 1, "birch", 2)));
    assertEquals(Optional.empty(), CurrentCaller.single(List.of()));
    assertEquals(Optional.empty(), CurrentCaller.single(List.of("")));
    assertEquals(Optional.empty(), CurrentCaller.single(null));
  }

  @Test
  void aScopeThatIsNamedTwiceIsOne() {
    assertEquals(
        Optional.of(Set.of("system/Claim.c", "openid")),
        CurrentCaller.of(identity("system/Claim.c openid system/Claim.c")).scopes());
    assertEquals(Optional.of(Set.of()), CurrentCaller.of(identity("")).scopes());
  }

  /// Rows are a subject's: what else a token calls its holder may be chosen by the holder.
  @Test
  void aTokenWithoutSubjectIsNobodys() {
    JwtClaims claims = new JwtClaims();
    claims.setStringClaim("preferred_username", "ana");
    SecurityIdentity identity = identity(claims);
    assertThrows(AuthenticationFailedException.class, () -> CurrentCaller.of(identity));
  }

  private static SecurityIdentity identity(String scope) {
    JwtClaims claims = new JwtClaims();
    claims.setSubject("service-account");
    claims.setStringClaim("client_id", "alder-system");
    claims.setStringClaim("scope", scope);
    return identity(claims);
  }

  private static SecurityIdentity identity(JwtClaims claims) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new OidcJwtCallerPrincipal(claims, new AccessTokenCredential("x")))
        .build();
  }

  @Test
  void takesWholeSecondsForATime() {
    assertEquals(Optional.of(Instant.ofEpochSecond(1)), CurrentCaller.time(1L));
    assertEquals(Optional.of(Instant.ofEpochSecond(7)), CurrentCaller.time(Json.createValue(7)));
    assertEquals(Optional.empty(), CurrentCaller.time(Json.createValue(7.5)));
    assertEquals(Optional.empty(), CurrentCaller.time(Long.MAX_VALUE));
    assertEquals(Optional.empty(), CurrentCaller.time(0L));
    assertEquals(Optional.empty(), CurrentCaller.time("7"));
    assertEquals(Optional.empty(), CurrentCaller.time(null));
  }
}
