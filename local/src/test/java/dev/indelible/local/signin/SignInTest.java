package dev.indelible.local.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.indelible.local.LocalException;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.local.realm.KeycloakAdmin;
import dev.indelible.local.realm.PasskeyInvitation;
import dev.indelible.local.signin.SignIn.Person;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// People sign in at a real Keycloak, by its own pages.
@Tag("asvs-5.0/10.3.4")
@Tag("hipaa/164.312.d")
class SignInTest {
  private static final Map<String, String> LEVEL_3 = Map.of("acr_values", "3");
  private static final SoftwareAuthenticator ALDERS = SoftwareAuthenticator.inMemory();
  private static final Person BY_PASSKEY = new Person("alder", Optional.empty(), ALDERS);
  private static final Person BY_BOTH = new Person("alder", Optional.of("demo"), ALDERS);

  /// Has Alder's password and nothing else.
  private static final Person THIEF =
      new Person("alder", Optional.of("demo"), SoftwareAuthenticator.inMemory());

  private static Stack stack;
  private static String issuer;

  @BeforeAll
  static void start() {
    stack = Stack.start(Shape.PLATFORM);
    issuer = stack.keycloak().issuer();
    try (KeycloakAdmin admin = stack.keycloak().admin();
        PasskeyInvitation invitation = PasskeyInvitation.to("alder", admin);
        SignIn first = new SignIn(issuer, BY_BOTH)) {
      assertEquals("1", level(first.tokens(Map.of())));
    }
    assertTrue(ALDERS.passkey().isPresent());
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void aPasskeyAloneReachesEveryLevelThatIsAskedFor(String level) {
    for (Person person : new Person[] {BY_PASSKEY, BY_BOTH}) {
      try (SignIn browser = new SignIn(issuer, person)) {
        JsonObject claims = claims(browser.tokens(Map.of("acr_values", level)));
        assertEquals(level, claims.findString("acr").orElseThrow());
        assertTrue(number(claims, "iat") - number(claims, "auth_time") <= 5);
      }
    }
  }

  @Test
  void theLevelCanBeAskedForAsAClaim() {
    String claims = "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"3\"]}}}";
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      assertEquals("3", level(browser.tokens(Map.of("claims", claims))));
    }
  }

  @Tag("part11/11.200")
  @Test
  void thePasswordAloneReachesLevelOneAndNoOther() {
    try (SignIn browser = new SignIn(issuer, THIEF)) {
      assertEquals("1", level(browser.tokens(Map.of())));
      assertEquals("1", level(browser.tokens(Map.of("acr_values", "1"))));
    }
    for (String level : new String[] {"2", "3"}) {
      refused(THIEF, Map.of("acr_values", level), "passkey");
    }
  }

  /// Else whoever has a password would make a level 3 of it.
  @Test
  void thePasswordAloneRegistersNoPasskey() {
    Map<String, String> register = Map.of("kc_action", "webauthn-register-passwordless");
    refused(THIEF, register, "passkey");
    Person withoutOne = new Person("birch", Optional.of("demo"), SoftwareAuthenticator.inMemory());
    refused(withoutOne, register, "setup required");
    refused(withoutOne, LEVEL_3, "setup required");
    assertEquals(Optional.empty(), withoutOne.authenticator().passkey());
  }

  /// Keycloak's acr of this grant is 1 whatever is asked for.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "acr_values=3",
        "acr_values=3 2",
        "claims={\"id_token\":{\"acr\":{\"value\":\"3\"}}}"
      })
  void thePasswordGrantCannotAskForMore(String asked) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "password");
    form.put("client_id", "indelible-cli");
    form.put("username", "alder");
    form.put("password", "demo");
    form.put(asked.split("=", 2)[0], asked.split("=", 2)[1]);
    assertEquals("1", level(ask("token", form)));
  }

  @Test
  void aMachinesTokenSaysNothingOfTheKind() {
    JsonObject claims = payload(stack.tokens().ofMachine("agency-system", Set.of()).text());
    assertEquals(Optional.empty(), claims.find("acr"));
  }

  @Tag("part11/11.200")
  @Test
  void aSessionIsNotAPasskey() {
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      assertEquals("3", level(browser.tokens(LEVEL_3)));
      assertEquals("2", level(browser.tokens(Map.of())));
      Page page = browser.open(Map.of("request_uri", browser.push(request(LEVEL_3))));
      assertTrue(page.form(Page.PASSKEY).isPresent(), page::complaint);
    }
  }

  @Tag("part11/11.200")
  @Test
  void anAuthenticationThatIsTooOldIsAskedForAgain() throws InterruptedException {
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      long first = number(claims(browser.tokens(Map.of("acr_values", "2"))), "auth_time");
      Thread.sleep(2_100);
      Map<String, String> recent = Map.of("acr_values", "2", "max_age", "1");
      Page page = browser.open(Map.of("request_uri", browser.push(request(recent))));
      assertTrue(page.form(Page.PASSKEY).isPresent(), page::complaint);
      assertTrue(number(claims(browser.tokens(recent)), "auth_time") > first);
    }
  }

  /// Keycloak keeps the level with the client and the time with the session: a password shown to
  /// another client, at a browser that somebody left, would make a renewed level 3 young again.
  @Test
  void noTokenIsRenewed() {
    try (SignIn browser = new SignIn(issuer, BY_BOTH)) {
      assertEquals(Optional.empty(), browser.tokens(LEVEL_3).find("refresh_token"));
    }
  }

  /// What a page of somebody else's gets out of a passkey is of no use here.
  @Test
  void aPasskeyAnswersTheRightPageOnly() {
    SoftwareAuthenticator phished = new PhishedAuthenticator(ALDERS);
    refused(new Person("alder", Optional.empty(), phished), LEVEL_3, "");
  }

  @Tag("asvs-5.0/10.4.13")
  @Test
  void aRequestThatIsNotPushedIsRefused() {
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      Page page = browser.open(request(LEVEL_3));
      assertEquals(Optional.empty(), page.form(Page.PASSWORD));
      assertThrows(LocalException.class, () -> browser.code(page));
    }
  }

  @Tag("asvs-5.0/10.4.13")
  @Test
  void nothingIsAddedToWhatWasPushed() {
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      Page page =
          browser.open(Map.of("request_uri", browser.push(request(LEVEL_3)), "prompt", "login"));
      assertEquals(Optional.empty(), page.form(Page.PASSWORD));
      assertThrows(LocalException.class, () -> browser.code(page));
    }
  }

  @Tag("asvs-5.0/10.4.13")
  @Test
  void whatWasPushedIsNotChangedByTheBrowser() {
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      String verifier = SignIn.random();
      String requestUri = browser.push(SignIn.request(verifier, LEVEL_3));
      Page page = browser.open(Map.of("request_uri", requestUri, "acr_values", "1"));
      assertEquals("3", level(browser.redeem(browser.code(browser.answered(page)), verifier)));
    }
  }

  @Tag("asvs-5.0/10.4.13")
  @Test
  void aPushedRequestIsForOnce() {
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      String requestUri = browser.push(request(LEVEL_3));
      browser.code(browser.answered(browser.open(Map.of("request_uri", requestUri))));
      Page again = browser.open(Map.of("request_uri", requestUri));
      assertThrows(LocalException.class, () -> browser.code(again));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "none"})
  void aRequestWithoutS256IsRefused(String method) {
    Map<String, String> request = new HashMap<>(request(LEVEL_3));
    request.put("code_challenge_method", "plain");
    if (method.equals("none")) {
      request.keySet().removeIf(name -> name.startsWith("code_challenge"));
    }
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      assertThrows(LocalException.class, () -> browser.push(request));
    }
  }

  @Test
  void aCodeIsForWhoAskedForItAndForOnce() {
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      String verifier = SignIn.random();
      String code = code(browser, verifier);
      String other = SignIn.random();
      assertThrows(LocalException.class, () -> browser.redeem(code, other));
      String second = code(browser, verifier);
      browser.redeem(second, verifier);
      assertThrows(LocalException.class, () -> browser.redeem(second, verifier));
    }
  }

  /// RFC 9207: an answer of another issuer is none.
  @Test
  void anAnswerNamesItsIssuer() {
    try (SignIn browser = new SignIn(issuer, BY_PASSKEY)) {
      Page end =
          browser.answered(browser.open(Map.of("request_uri", browser.push(request(LEVEL_3)))));
      assertEquals(issuer, SignIn.parameters(end.address()).get("iss"));
      try (SignIn other = new SignIn(issuer + "-of-somebody-else", BY_PASSKEY)) {
        assertThrows(LocalException.class, () -> other.code(end));
      }
    }
  }

  private static String code(SignIn browser, String verifier) {
    String requestUri = browser.push(SignIn.request(verifier, LEVEL_3));
    return browser.code(browser.answered(browser.open(Map.of("request_uri", requestUri))));
  }

  private static Map<String, String> request(Map<String, String> asked) {
    return SignIn.request(SignIn.random(), asked);
  }

  private static void refused(Person person, Map<String, String> asked, String why) {
    try (SignIn browser = new SignIn(issuer, person)) {
      LocalException refusal = assertThrows(LocalException.class, () -> browser.tokens(asked));
      assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal.getMessage());
    }
  }

  private static JsonObject ask(String endpoint, Map<String, String> form) {
    try (Browser browser = new Browser()) {
      URI address = URI.create(issuer + "/protocol/openid-connect/" + endpoint);
      HttpResponse<String> answer = browser.submit(address, form);
      assertEquals(200, answer.statusCode(), answer.body());
      return JsonReader.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String level(JsonObject tokens) {
    return claims(tokens).findString("acr").orElseThrow();
  }

  private static JsonObject claims(JsonObject tokens) {
    return payload(tokens.findString("access_token").orElseThrow());
  }

  private static JsonObject payload(String token) {
    return JsonReader.readObject(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }

  private static long number(JsonObject claims, String name) {
    return ((JsonNumber) claims.find(name).orElseThrow()).decimal().longValueExact();
  }
}
