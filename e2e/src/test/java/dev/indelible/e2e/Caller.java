package dev.indelible.e2e;

import dev.indelible.local.Tokens;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who calls: nobody, somebody with a token that Keycloak did not sign, and one account for each
/// role of the realm.
enum Caller {
  NOBODY(""),
  FORGER("alder"),
  CLAIM_SUBMITTER("alder"),
  ADJUDICATOR("alder-adjudicator"),
  PRIVACY_OFFICER("alder-privacy"),
  SPONSOR("sponsor"),
  REGULATOR("regulator"),
  AUDITOR("auditor"),
  PATIENT("ana"),
  OPERATOR("operator"),
  /// A machine, since people do not have the role. Its token is good for the ledger alone.
  LOG_WRITER("claims-service");

  /// How long a sign-in is used: less than the five minutes for which a passkey is fresh.
  private static final Duration KEPT = Duration.ofMinutes(4);

  private static final Map<Caller, Shown> SHOWN = new ConcurrentHashMap<>();

  private final String account;

  /// A passkey's token, and when it was got.
  private record Shown(String token, long nanos) {}

  Caller(String account) {
    this.account = account;
  }

  /// The role as the realm spells it.
  String role() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Good for many calls as long as none of them does anything: an act would spend the sign-in.
  ///
  /// @param withPasskey whether it is of a person who has shown a passkey
  Optional<String> token(Tokens tokens, boolean withPasskey) {
    return switch (this) {
      case NOBODY -> Optional.empty();
      case FORGER -> Optional.of(forged(tokens.ofUser(account)));
      case LOG_WRITER -> Optional.of(tokens.ofService(account));
      default -> Optional.of(withPasskey ? shown(tokens) : tokens.ofUser(account));
    };
  }

  private String shown(Tokens tokens) {
    long now = System.nanoTime();
    return SHOWN
        .compute(
            this,
            (caller, kept) ->
                kept != null && now - kept.nanos() < KEPT.toNanos()
                    ? kept
                    : new Shown(tokens.fresh(account), now))
        .token();
  }

  /// Whether it is somebody who can have a passkey.
  boolean isPerson() {
    return switch (this) {
      case NOBODY, FORGER, LOG_WRITER -> false;
      default -> true;
    };
  }

  /// The same claims with another end of the signature.
  private static String forged(String token) {
    String end = token.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA";
    return token.substring(0, token.length() - end.length()) + end;
  }

  /// Whether the caller has a token that the service accepts.
  boolean isKnownTo(String service) {
    return switch (this) {
      case NOBODY, FORGER -> false;
      case LOG_WRITER -> service.equals("ledger");
      default -> true;
    };
  }
}
