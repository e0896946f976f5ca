package dev.indelible.kit.identity;

import dev.indelible.kit.problem.ProblemType;
import java.util.Optional;

/// Refusals of callers who are known, but not well enough.
public enum IdentityProblem implements ProblemType {
  /// The token's authentication is too weak or too old for a grave act (RFC 9470 §3).
  INSUFFICIENT_USER_AUTHENTICATION;

  @Override
  public String code() {
    return "insufficient-user-authentication";
  }

  @Override
  public int status() {
    return 401;
  }

  @Override
  public String title() {
    return "A passkey shown a moment ago is required";
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of(
        "Bearer error=\"insufficient_user_authentication\", acr_values=\"%s\", max_age=\"%d\""
            .formatted(Authentication.STRONG, Authentication.FRESH.toSeconds()));
  }
}
