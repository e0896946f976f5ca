package dev.indelible.local.signin;

import dev.indelible.local.LocalException;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One browser in which a person signs in to `indelible-cli`, once or again and again: the request
/// is pushed (RFC 9126), the code bound to a verifier (RFC 7636, S256), the answer's issuer checked
/// (RFC 9207).
public final class SignIn implements AutoCloseable {
  /// Nobody listens there: the code is read from the address that the browser is sent to.
  static final String REDIRECT = "http://127.0.0.1/signed-in";

  private static final String CLIENT = "indelible-cli";
  private static final String HELP = "./indelible realm says whether the realm is as it should be";
  private static final int MOST_PAGES = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String issuer;
  private final Person person;
  private final Browser browser = new Browser();

  /// Who signs in, and with what. Without a password the first page is answered with the passkey.
  public record Person(
      String name, Optional<String> password, SoftwareAuthenticator authenticator) {}

  /// @param issuer Keycloak's realm, as tokens name it
  public SignIn(String issuer, Person person) {
    this.issuer = issuer;
    this.person = person;
  }

  /// The tokens as Keycloak answers them.
  ///
  /// @param asked parameters of the authorisation request, such as `acr_values` and `max_age`
  /// @throws LocalException when Keycloak refuses
  public JsonObject tokens(Map<String, String> asked) {
    String verifier = random();
    String requestUri = push(request(verifier, asked));
    return redeem(code(answered(open(Map.of("request_uri", requestUri)))), verifier);
  }

  /// What a request says, with PKCE.
  static Map<String, String> request(String verifier, Map<String, String> asked) {
    Map<String, String> request = new HashMap<>();
    request.put("client_id", CLIENT);
    request.put("response_type", "code");
    request.put("redirect_uri", REDIRECT);
    request.put("scope", "openid");
    request.put("code_challenge", challenge(verifier));
    request.put("code_challenge_method", "S256");
    request.putAll(asked);
    return request;
  }

  /// Pushes a request.
  ///
  /// @return the name under which the browser brings it
  String push(Map<String, String> request) {
    return json(browser.submit(endpoint("ext/par/request"), request))
        .findString("request_uri")
        .orElseThrow();
  }

  /// The first page of a sign-in, or its end when the browser's session is enough.
  Page open(Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("client_id", CLIENT);
    return browser.get(URI.create(endpoint("auth") + "?" + Browser.encoded(all)));
  }

  /// The page after the last one that the person has an answer to.
  Page answered(Page first) {
    Page page = first;
    for (int i = 0; i < MOST_PAGES && !page.html().isEmpty(); i++) {
      Optional<Page> next = answer(page);
      if (next.isEmpty()) {
        return page;
      }
      page = next.get();
    }
    return page;
  }

  private Optional<Page> answer(Page page) {
    Optional<String> password = person.password();
    if (password.isPresent() && page.form(Page.PASSWORD).isPresent()) {
      return page.form(Page.PASSWORD)
          .map(
              form ->
                  browser.post(
                      form, Map.of("username", person.name(), "password", password.get())));
    }
    if (page.form(Page.REGISTRATION).isPresent()) {
      return page.form(Page.REGISTRATION).map(form -> register(form, page));
    }
    return page.form(Page.PASSKEY)
        .map(form -> browser.post(form, person.authenticator().answer(page.request())));
  }

  private Page register(URI form, Page page) {
    Map<String, String> fields =
        new HashMap<>(person.authenticator().register(page.request(), page.value("userid")));
    fields.put("authenticatorLabel", "software");
    return browser.post(form, fields);
  }

  /// The code in the address at which a sign-in ended.
  ///
  /// @throws LocalException when it did not end, or not well
  String code(Page end) {
    if (!end.html().isEmpty()) {
      throw new LocalException(
          "Keycloak does not sign " + person.name() + " in: " + end.complaint(), HELP);
    }
    Map<String, String> answer = parameters(end.address());
    if (!issuer.equals(answer.get("iss"))) {
      throw new LocalException("The answer is not from " + issuer, HELP);
    }
    return Optional.ofNullable(answer.get("code"))
        .orElseThrow(() -> new LocalException("Keycloak refused: " + answer, HELP));
  }

  JsonObject redeem(String code, String verifier) {
    return json(
        browser.submit(
            endpoint("token"),
            Map.of(
                "grant_type", "authorization_code",
                "client_id", CLIENT,
                "redirect_uri", REDIRECT,
                "code", code,
                "code_verifier", verifier)));
  }

  private static JsonObject json(HttpResponse<String> answer) {
    JsonObject json = JsonReader.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    if (answer.statusCode() >= 300) {
      throw new LocalException(
          "Keycloak refused: "
              + json.findString("error").orElse("?")
              + ", "
              + json.findString("error_description").orElse("no reason given"),
          HELP);
    }
    return json;
  }

  static Map<String, String> parameters(URI address) {
    String query = Optional.ofNullable(address.getRawQuery()).orElse("");
    return Stream.of(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private URI endpoint(String name) {
    return URI.create(issuer + "/protocol/openid-connect/" + name);
  }

  static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return base64(bytes);
  }

  private static String challenge(String verifier) {
    try {
      return base64(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    browser.close();
  }
}
