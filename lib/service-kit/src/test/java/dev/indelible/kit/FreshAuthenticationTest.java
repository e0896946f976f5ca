package dev.indelible.kit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.indelible.kit.identity.Roles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.ClaimType;
import io.quarkus.test.security.oidc.OidcSecurity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who may do what is grave: the clock stands still, the tokens differ.
@Tag("asvs-5.0/10.3.4")
@Tag("hipaa/164.312.d")
@QuarkusTest
@TestSecurity(user = "odo", roles = Roles.OPERATOR)
class FreshAuthenticationTest {
  private static final String NOW = "1800000000";
  private static final String FIVE_MINUTES_AGO = "1799999700";
  private static final String A_SECOND_MORE = "1799999699";

  /// RFC 9470 §3, to the letter.
  private static void refused() {
    given()
        .get("/echo/grave")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", is("insufficient-user-authentication"))
        .header(
            "WWW-Authenticate",
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"3\", max_age=\"300\"");
  }

  private static void done() {
    given().get("/echo/grave").then().statusCode(200).body(equalTo("done"));
  }

  @Test
  @OidcSecurity(
      claims = {
        @Claim(key = "sub", value = "odo"),
        @Claim(key = "acr", value = "3"),
        @Claim(key = "auth_time", value = NOW, type = ClaimType.LONG)
      })
  void aPasskeyShownNowIsEnough() {
    done();
  }

  @Test
  @OidcSecurity(
      claims = {
        @Claim(key = "sub", value = "odo"),
        @Claim(key = "acr", value = "3"),
        @Claim(key = "auth_time", value = FIVE_MINUTES_AGO, type = ClaimType.LONG)
      })
  void fiveMinutesAgoIsStillEnough() {
    done();
  }

  @Test
  @OidcSecurity(
      claims = {
        @Claim(key = "sub", value = "odo"),
        @Claim(key = "acr", value = "3"),
        @Claim(key = "auth_time", value = A_SECOND_MORE, type = ClaimType.LONG)
      })
  void aSecondMoreIsNot() {
    refused();
  }

  @Test
  @OidcSecurity(
      claims = {
        @Claim(key = "sub", value = "odo"),
        @Claim(key = "acr", value = "1"),
        @Claim(key = "auth_time", value = NOW, type = ClaimType.LONG)
      })
  void aPasswordIsNot() {
    refused();
  }

  @Test
  @OidcSecurity(claims = {@Claim(key = "sub", value = "odo"), @Claim(key = "acr", value = "3")})
  void aPasskeyShownNobodyKnowsWhenIsNot() {
    refused();
  }

  @Test
  @OidcSecurity(
      claims = {
        @Claim(key = "sub", value = "odo"),
        @Claim(key = "acr", value = "3"),
        @Claim(key = "auth_time", value = NOW + "000", type = ClaimType.STRING)
      })
  void aTimeThatIsATextIsNone() {
    refused();
  }

  @Test
  @OidcSecurity(claims = @Claim(key = "sub", value = "odo"))
  void aMachineIsNotAuthenticatedAtAll() {
    refused();
  }

  @Test
  @TestSecurity(user = "ana", roles = Roles.PATIENT)
  void whoLacksTheRoleIsNotAskedForAPasskey() {
    given().get("/echo/grave").then().statusCode(403).body("code", is("forbidden"));
  }
}
