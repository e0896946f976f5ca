package dev.indelible.local.signin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import dev.indelible.local.Shape;
import dev.indelible.local.Stack;
import dev.indelible.local.realm.KeycloakAdmin;
import dev.indelible.local.realm.PasskeyInvitation;
import dev.indelible.local.signin.SignIn.Person;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A person with a real browser, whose authenticator Chromium plays (WebAuthn §11): what our
/// software does at Keycloak's pages is what browsers do.
@Tag("asvs-5.0/10.3.4")
@Tag("hipaa/164.312.d")
class BrowserSignInTest {
  private static final String HERE = "http://127.0.0.1/**";

  @Test
  void registersAPasskeyAndSignsInWithIt() {
    Optional<Path> chromium = chromium();
    Assumptions.assumeTrue(chromium.isPresent(), "no Chromium or Chrome on the PATH");
    CreateOptions noDownload =
        new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    LaunchOptions program =
        new LaunchOptions().setExecutablePath(chromium.get()).setArgs(List.of("--no-sandbox"));
    try (Stack stack = Stack.start(Shape.PLATFORM);
        Playwright playwright = Playwright.create(noDownload);
        BrowserContext browser = playwright.chromium().launch(program).newContext()) {
      try (KeycloakAdmin admin = stack.keycloak().admin();
          PasskeyInvitation invitation = PasskeyInvitation.to("sponsor", admin)) {
        use(stack.keycloak().issuer(), browser);
      }
    }
  }

  private static void use(String issuer, BrowserContext browser) {
    browser.route(HERE, route -> route.fulfill());
    var page = browser.newPage();
    page.onDialog(dialog -> dialog.accept());
    var devtools = browser.newCDPSession(page);
    devtools.send("WebAuthn.enable");
    devtools.send("WebAuthn.addVirtualAuthenticator", authenticator());
    Person nobody = new Person("sponsor", Optional.empty(), SoftwareAuthenticator.inMemory());
    try (SignIn client = new SignIn(issuer, nobody)) {
      page.navigate(address(issuer, client.push(SignIn.request(SignIn.random(), Map.of()))));
      page.fill("#username", "sponsor");
      page.fill("#password", "demo");
      page.click("#kc-login");
      // Until the page has loaded, no script listens to its button.
      page.waitForURL("**/required-action**");
      page.click("#registerWebAuthn");
      page.waitForURL(HERE);

      String verifier = SignIn.random();
      Map<String, String> request = SignIn.request(verifier, Map.of("acr_values", "3"));
      page.navigate(address(issuer, client.push(request)));
      page.click("#authenticateWebAuthnButton");
      page.waitForURL(HERE);
      String code = client.code(new Page(URI.create(page.url()), 302, ""));
      String token = client.redeem(code, verifier).findString("access_token").orElseThrow();
      byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
      String text = new String(claims, StandardCharsets.UTF_8);
      assertTrue(text.contains("\"acr\":\"3\""), text);
    }
  }

  private static String address(String issuer, String requestUri) {
    return issuer
        + "/protocol/openid-connect/auth?"
        + Browser.encoded(Map.of("client_id", "indelible-cli", "request_uri", requestUri));
  }

  /// A phone, whose owner has always just unlocked it.
  private static JsonObject authenticator() {
    JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", true);
    options.addProperty("isUserVerified", true);
    options.addProperty("automaticPresenceSimulation", true);
    JsonObject parameters = new JsonObject();
    parameters.add("options", options);
    return parameters;
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
