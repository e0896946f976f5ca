package dev.indelible.local;

import dev.indelible.local.machine.BoundToken;
import dev.indelible.local.machine.ProofKey;
import dev.indelible.local.signin.DemoPasskeys;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Access tokens of the demo users, of the services and of the organisations' machines, asked for
/// at Keycloak and kept until shortly before they end.
public final class Tokens {

  private static final Duration MARGIN = Duration.ofSeconds(60);

  /// RFC 7523 §2.2.
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final String issuer;
  private final URI endpoint;
  private final DemoPasskeys passkeys;
  private final KeyRing keys;
  private final Clock clock;
  private final ProofKey proofKey = new ProofKey();
  private final Map<Grant, Held> held = new ConcurrentHashMap<>();

  /// For each person who shows a passkey: its file counts, so they do it one after the other.
  private final Map<String, Object> showing = new ConcurrentHashMap<>();

  private sealed interface Grant {
    /// What a person asks with.
    record Password(String user) implements Grant {}

    /// What a client asks with.
    ///
    /// @param bound whether the token is to be bound to our key
    record Credentials(String client, String scope, boolean bound) implements Grant {}
  }

  private record Held(String token, Instant until) {}

  Tokens(DemoPasskeys passkeys, KeyRing keys, Clock clock) {
    this.passkeys = passkeys;
    this.issuer = passkeys.issuer();
    this.endpoint = URI.create(issuer + "/protocol/openid-connect/token");
    this.keys = keys;
    this.clock = clock;
  }

  /// The token of a demo user, by password.
  public String ofUser(String user) {
    return of(new Grant.Password(user));
  }

  /// The token of a demo user who shows a passkey for it, so that it is good for one grave act.
  public String fresh(String user) {
    synchronized (showing.computeIfAbsent(user, key -> new Object())) {
      return held(passkeys.signIn(user), clock.instant()).token();
    }
  }

  /// The token of a service, by its key: a bearer token.
  public String ofService(String client) {
    return of(new Grant.Credentials(client, "", false));
  }

  /// The token of an organisation's machine, by its key, bound to another key that this process
  /// has.
  ///
  /// @param scopes asked for, such as `system/Claim.c`
  public BoundToken ofMachine(String client, Set<String> scopes) {
    String scope = String.join(" ", new TreeSet<>(scopes));
    return new BoundToken(of(new Grant.Credentials(client, scope, true)), proofKey);
  }

  private String of(Grant grant) {
    return held.compute(grant, (key, old) -> isGood(old) ? old : ask(key)).token();
  }

  private boolean isGood(@Nullable Held token) {
    return token != null && clock.instant().isBefore(token.until());
  }

  private Held ask(Grant grant) {
    Instant asked = clock.instant();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form(grant, asked))));
    if (grant instanceof Grant.Credentials credentials && credentials.bound()) {
      request.header("DPoP", proofKey.proof("POST", endpoint, Optional.empty(), asked));
    }
    try {
      HttpResponse<byte[]> answer =
          Probe.CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return held(JsonReader.readObject(answer.body()), asked);
    } catch (IOException e) {
      throw new LocalException("Keycloak does not answer at " + endpoint, "./indelible status", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted while asking for a token", "try again", e);
    }
  }

  /// A client says anew each time who it is.
  private Map<String, String> form(Grant grant, Instant now) {
    return switch (grant) {
      case Grant.Password(String user) ->
          Map.of(
              "grant_type", "password",
              "client_id", "indelible-cli",
              "username", user,
              "password", "demo");
      case Grant.Credentials credentials -> form(credentials, now);
    };
  }

  private Map<String, String> form(Grant.Credentials credentials, Instant now) {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_assertion_type", ASSERTION);
    form.put("client_assertion", keys.client(credentials.client()).assertion(issuer, now));
    // An empty one is an unknown one to Keycloak.
    if (!credentials.scope().isEmpty()) {
      form.put("scope", credentials.scope());
    }
    return form;
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Held held(JsonObject json, Instant asked) {
    return new Held(
        json.findString("access_token").orElseThrow(() -> refused(json)),
        asked.plus(lifespan(json)).minus(MARGIN));
  }

  private static Duration lifespan(JsonObject json) {
    return json.members().get("expires_in") instanceof JsonNumber seconds
        ? Duration.ofSeconds(seconds.decimal().longValueExact())
        : MARGIN;
  }

  private static LocalException refused(JsonObject json) {
    return new LocalException(
        "Keycloak refused: " + json.findString("error_description").orElse("no reason given"),
        "users: alder birch alder-adjudicator birch-adjudicator alder-privacy birch-privacy sponsor"
            + " dogwood regulator auditor ana operator");
  }
}
