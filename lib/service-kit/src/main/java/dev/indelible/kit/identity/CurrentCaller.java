package dev.indelible.kit.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// The caller of the request at hand.
@ApplicationScoped
public class CurrentCaller {
  /// The year 9999, the last that an RFC 3339 time can name.
  private static final long MOST_SECONDS = 253_402_300_799L;

  private final SecurityIdentity identity;

  @Inject
  CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /// The caller. Only where a role was required is it known to be somebody.
  public Caller get() {
    return of(identity);
  }

  /// What an identity says of the caller.
  ///
  /// @throws AuthenticationFailedException when a token does not say whose it is
  public static Caller of(SecurityIdentity identity) {
    if (identity.getPrincipal() instanceof JsonWebToken token) {
      String subject =
          Optional.ofNullable(token.getSubject())
              .orElseThrow(() -> new AuthenticationFailedException("the token has no subject"));
      Object organisation = token.getClaim("organization");
      return new Caller(
          subject,
          single(organisation),
          identity.getRoles(),
          scopes(token),
          authentication(token, subject));
    }
    return new Caller(
        identity.getPrincipal().getName(),
        Optional.empty(),
        identity.getRoles(),
        Optional.empty(),
        new Authentication(Optional.empty(), Optional.empty()));
  }

  /// The realm puts `client_id` into the tokens that a machine got for itself, and into no other.
  private static Optional<Set<String>> scopes(JsonWebToken token) {
    if (token.getClaim("client_id") == null) {
      return Optional.empty();
    }
    String scope = token.<String>claim("scope").orElse("");
    return Optional.of(
        Stream.of(scope.split(" "))
            .filter(each -> !each.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Authentication authentication(JsonWebToken token, String subject) {
    String issuer = Optional.ofNullable(token.getIssuer()).orElse("");
    String session = text(token.getClaim("sid")).orElse("");
    return new Authentication(
        text(token.getClaim(Claims.acr)),
        time(token.getClaim(Claims.auth_time))
            .map(at -> Authentication.Shown.of(issuer, subject, session, at)));
  }

  /// Whole seconds since 1970; anything else is no time.
  static Optional<Instant> time(@Nullable Object claim) {
    return switch (claim) {
      case JsonNumber seconds when seconds.isIntegral() -> instant(seconds.longValue());
      case Long seconds -> instant(seconds);
      case Integer seconds -> instant(seconds);
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Instant> instant(long seconds) {
    return seconds > 0 && seconds <= MOST_SECONDS
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }

  /// Keycloak writes the claim as a list of aliases, or as an object when ids or attributes are
  /// mapped into it. Anything but exactly one is no answer to "which tenant".
  static Optional<String> single(@Nullable Object claim) {
    return switch (claim) {
      case Map<?, ?> byAlias when byAlias.size() == 1 -> text(byAlias.keySet().iterator().next());
      case Collection<?> aliases when aliases.size() == 1 -> text(aliases.iterator().next());
      case String alias -> text(alias);
      case JsonString alias -> text(alias);
      case null, default -> Optional.empty();
    };
  }

  private static Optional<String> text(@Nullable Object alias) {
    return switch (alias) {
      case String text when !text.isBlank() -> Optional.of(text);
      case JsonString text when !text.getString().isBlank() -> Optional.of(text.getString());
      case null, default -> Optional.empty();
    };
  }
}
