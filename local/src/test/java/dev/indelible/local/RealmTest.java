package dev.indelible.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonArray;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the services rely on in a token, asked of a real Keycloak with the realm of `identity/`.
class RealmTest {

  private static Stack stack;
  private static Tokens tokens;

  @BeforeAll
  static void start() {
    stack = Stack.start(Shape.PLATFORM);
    tokens = stack.tokens();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({
    "alder, alder, claim-submitter",
    "birch, birch, claim-submitter",
    "alder-adjudicator, alder, adjudicator",
    "birch-adjudicator, birch, adjudicator",
    "alder-privacy, alder, privacy-officer",
    "birch-privacy, birch, privacy-officer",
    "sponsor, cardia, sponsor",
    "dogwood, dogwood, sponsor",
    "regulator, agency, regulator",
    "auditor, agency, auditor",
    "operator, indelible, operator",
  })
  @Tag("asvs-5.0/9.2.3")
  @Tag("asvs-5.0/10.3.1")
  void aPersonActsForOneOrganisationInItsRoles(String user, String organisation, String roles) {
    JsonObject claims = claims(tokens.ofUser(user));

    assertEquals(Set.of(organisation), strings(claims, "organization"));
    assertEquals(Set.of(roles.split(" ")), roles(claims));
    assertEquals(
        Set.of("claims-service", "trials-service", "ledger-service"), strings(claims, "aud"));
    assertEquals(stack.keycloak().issuer(), claims.findString("iss").orElseThrow());
    assertFalse(claims.findString("sub").orElseThrow().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "claims-service, indelible, log-writer, ledger-service",
    "trials-service, indelible, log-writer, ledger-service",
    "alder-system, alder, claim-submitter, claims-service",
    "birch-system, birch, claim-submitter, claims-service",
    "cardia-system, cardia, sponsor, trials-service",
    "agency-system, agency, regulator auditor, claims-service trials-service ledger-service",
  })
  @Tag("asvs-5.0/9.2.3")
  @Tag("asvs-5.0/10.3.1")
  void aMachineActsForOneOrganisationInItsRoles(
      String client, String organisation, String roles, String audience) {
    boolean service = client.endsWith("-service");
    JsonObject claims =
        claims(service ? tokens.ofService(client) : tokens.ofMachine(client, Set.of()).text());

    assertEquals(Optional.of(client), claims.findString("client_id"));
    assertEquals(!service, claims.members().containsKey("cnf"));
    assertEquals(Set.of(organisation), strings(claims, "organization"));
    assertEquals(Set.of(roles.split(" ")), roles(claims));
    assertEquals(Set.of(audience.split(" ")), strings(claims, "aud"));
    assertFalse(claims.findString("sub").orElseThrow().isEmpty());
  }

  @Test
  void aPatientActsForNobodyElse() {
    JsonObject claims = claims(tokens.ofUser("ana"));

    assertEquals(Set.of(), strings(claims, "organization"));
    assertEquals(Set.of("patient"), roles(claims));
    assertEquals(Optional.empty(), claims.findString("client_id"));
  }

  /// Of an employee, who shows up by name under what they sign (21 CFR 11.50).
  @Test
  void aNameIsInNoTokenAndToldToWhoeverShowsThePersonsOwn() throws Exception {
    JsonObject issued = stack.keycloak().passkeys().signIn("alder-adjudicator");
    for (String kind : Set.of("access_token", "id_token")) {
      String token = issued.findString(kind).orElseThrow();
      byte[] said = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
      assertFalse(new String(said, StandardCharsets.UTF_8).contains("Ines"), kind);
    }
    URI userInfo = URI.create(stack.keycloak().issuer() + "/protocol/openid-connect/userinfo");
    String shown = "Bearer " + issued.findString("access_token").orElseThrow();
    try (HttpClient http = HttpClient.newHttpClient()) {
      byte[] told =
          http.send(
                  HttpRequest.newBuilder(userInfo).header("Authorization", shown).build(),
                  HttpResponse.BodyHandlers.ofByteArray())
              .body();
      assertEquals(Optional.of("Ines Alder"), JsonReader.readObject(told).findString("name"));
    }
  }

  @Test
  void tokensAreSignedWithPs256AndLiveFiveMinutes() {
    String token = tokens.ofUser("alder");
    JsonObject header = part(token, 0);
    JsonObject claims = part(token, 1);

    assertEquals("PS256", header.findString("alg").orElseThrow());
    assertEquals(300, number(claims, "exp") - number(claims, "iat"));
  }

  @Test
  void refusesWhoHasNoTokenToGet() {
    assertThrows(LocalException.class, () -> tokens.ofUser("mallory"));
    assertThrows(LocalException.class, () -> tokens.ofService("ledger-service"));
  }

  private static JsonObject claims(String token) {
    return part(token, 1);
  }

  private static JsonObject part(String token, int index) {
    return JsonReader.readObject(Base64.getUrlDecoder().decode(token.split("\\.")[index]));
  }

  private static long number(JsonObject claims, String name) {
    return ((Json.JsonNumber) claims.members().get(name)).decimal().longValueExact();
  }

  private static Set<String> roles(JsonObject claims) {
    return strings((JsonObject) claims.members().get("realm_access"), "roles");
  }

  /// One string or an array of strings, as `aud` may be either.
  private static Set<String> strings(JsonObject object, String name) {
    return switch (object.members().get(name)) {
      case JsonString one -> Set.of(one.value());
      case JsonArray many ->
          many.elements().stream().map(e -> ((JsonString) e).value()).collect(Collectors.toSet());
      case null -> Set.of();
      default -> throw new AssertionError(name + ": " + object);
    };
  }
}
