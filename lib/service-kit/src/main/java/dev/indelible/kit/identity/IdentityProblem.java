package dev.indelible.kit.identity;

import dev.indelible.kit.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;

/// Refusals of callers who are known, but not well enough.
public enum IdentityProblem implements ProblemType {
  /// The token's authentication is too weak or too old for a grave act (RFC 9470 §3).
  INSUFFICIENT_USER_AUTHENTICATION(
      "insufficient-user-authentication",
      "A passkey shown a moment ago is required",
      Authentication.FRESH),
  /// The token's authentication has carried a grave act already. Only a new one helps: `max_age=0`
  /// says so (OpenID Connect Core §3.1.2.1).
  AUTHENTICATION_SPENT("authentication-spent", "A passkey shown anew is required", Duration.ZERO);

  private final String code;
  private final String title;
  private final Duration maxAge;

  IdentityProblem(String code, String title, Duration maxAge) {
    this.code = code;
    this.title = title;
    this.maxAge = maxAge;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public int status() {
    return 401;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of(
        "Bearer error=\"insufficient_user_authentication\", acr_values=\"%s\", max_age=\"%d\""
            .formatted(Authentication.STRONG, maxAge.toSeconds()));
  }
}
